/// A deployment as it is known: where, when, of which images, and by whom if a release records it.
public struct Deployment: Sendable {
    public let environment: EnvironmentName
    public let seq: Seq
    public let at: Timestamp
    /// The hash of the entry that shows it.
    public let entry: ContentHash
    /// Nil where the images were found running and nobody recorded a release.
    public let release: Release?
    /// The caller who recorded the entry, as AWS attests it.
    public let actor: String
    /// Why the environment was not at rest, and why the deployment counted as failed, when it was recorded.
    public let unsettled: [String]
    public let failures: [String]
    /// When the snapshot before it was taken, so that what came between is bounded; nil for the first.
    public let snapshotBefore: Timestamp?
    /// The label of the release before it, and of the one after it; nil where there is none.
    public let replaced: String?
    public let replacedBy: String?
    /// The repositories of which images ran before or after, in the order of their names.
    public let images: [ImageChange]
    /// Why it is not known which images ran; then `images` are as last seen.
    public let unseen: Unseen?
    /// What became of the images that it deployed.
    public let runningState: RunningState

    public init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, entry: ContentHash, release: Release?, actor: String,
        unsettled: [String] = [], failures: [String] = [], snapshotBefore: Timestamp? = nil, replaced: String?,
        replacedBy: String?, images: [ImageChange] = [], unseen: Unseen? = nil, runningState: RunningState = .unknown
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.entry = entry
        self.release = release
        self.actor = actor
        self.unsettled = unsettled
        self.failures = failures
        self.snapshotBefore = snapshotBefore
        self.replaced = replaced
        self.replacedBy = replacedBy
        self.images = images
        self.unseen = unseen
        self.runningState = runningState
    }

    /// The images of one repository that ran before a deployment, and those that run after it.
    public struct ImageChange: Sendable, Hashable {
        public let repository: String
        public let before: [ImageReference]
        public let after: [ImageReference]
        /// What the tags of those after it point at in the registry now, in the same order.
        public let tags: [TagStatus]

        public init(
            repository: String, before: [ImageReference], after: [ImageReference], tags: [TagStatus] = []
        ) {
            self.repository = repository
            self.before = before
            self.after = after
            self.tags = tags
        }

        public var isChange: Bool { Set(before) != Set(after) }
    }

    /// Whether what a deployment brought still runs.
    public enum RunningState: Sendable, Hashable {
        /// It ran when it was last looked at; and why the environment was not at rest then.
        case runs(asOf: Timestamp, unsettled: [String] = [])
        /// From this entry on it did not.
        case ended(Seq, Timestamp)
        /// Nobody could look; it ran when it was last seen.
        case unseen(Unseen)
        /// No image was seen running.
        case unknown
    }
}
