/// A change of the running images, or a recorded release: where, when, which images, and by whom if that was recorded.
public struct Deployment: Sendable {
    /// The environment in which the images run.
    public let environment: EnvironmentName
    /// The entry of the snapshot that shows it.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The hash of that entry, or of the checkpoint that repeats its release.
    public let entry: ContentHash
    /// The release that the entry records; nil if the images were found running without one.
    public let release: Release?
    /// The ARN of the caller who recorded the entry, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// Why the environment was unsettled when the entry was recorded; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// Why the deployment counted as failed then; empty if it did not.
    public let failures: [DeploymentFailure]
    /// The time of the snapshot before, after which the deployment took place; nil for the first snapshot.
    public let snapshotBefore: Timestamp?
    /// The release before.
    public let replaced: Neighbour
    /// The release after.
    public let replacedBy: Neighbour
    /// The images before and after, by repository, in the order of the repositories' names.
    public let images: [ImageChange]
    /// Why the running images were not seen; then `images` are as last seen. Nil if they were seen.
    public let unseen: Unseen?
    /// Whether the deployed images still run.
    public let runningState: RunningState
    /// The checkpoint that shows it, since entries before that were removed or erased; nil if it has an entry of its own.
    public let checkpoint: Seq?

    package init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, entry: ContentHash, release: Release?, actor: String?,
        unsettled: [UnsettledReason] = [], failures: [DeploymentFailure] = [], snapshotBefore: Timestamp? = nil,
        replaced: Neighbour = .absent, replacedBy: Neighbour = .absent, images: [ImageChange] = [],
        unseen: Unseen? = nil, runningState: RunningState = .unknown,
        checkpoint: Seq? = nil
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
        self.checkpoint = checkpoint
    }

    /// The release before or after a deployment.
    public enum Neighbour: Sendable, Hashable {
        /// None was recorded.
        case absent
        /// The release with this label.
        case label(String)
        /// Its entry was removed or erased.
        case unknown
    }

    /// The images of one repository that ran before a deployment and after it.
    public struct ImageChange: Sendable, Hashable {
        /// The repository with its registry.
        public let repository: String
        /// The images in the snapshot before.
        public let before: [ImageReference]
        /// The images in the snapshot that shows the deployment.
        public let after: [ImageReference]
        /// What the tags of the images in `after` point at now, in the same order.
        public let tags: [TagStatus]

        package init(
            repository: String, before: [ImageReference], after: [ImageReference], tags: [TagStatus] = []
        ) {
            self.repository = repository
            self.before = before
            self.after = after
            self.tags = tags
        }

        package var isChange: Bool { Set(before) != Set(after) }
    }

    /// Whether deployed images still run.
    public enum RunningState: Sendable, Hashable {
        /// One of them ran in the newest snapshot; with the reasons if the environment was unsettled then.
        case runs(asOf: Timestamp, unsettled: [UnsettledReason] = [])
        /// None of them ran any more from this entry on.
        case ended(DatedEntry)
        /// The newest snapshot did not see it; they ran when last seen.
        case unseen(Unseen)
        /// None of them was seen running.
        case unknown
    }
}
