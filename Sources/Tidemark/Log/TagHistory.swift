/// The images that a tag of a repository pointed at, as seen from one environment.
public struct TagHistory: Sendable {
    /// The environment whose snapshots show the tag.
    public let environment: EnvironmentName
    /// The newest snapshot.
    public let asOf: DatedEntry
    /// Why the environment was unsettled then; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// The repository with its registry.
    public let repository: String
    /// The tag: `v10`.
    public let tag: String
    /// The digests, oldest first; between two of them the tag may have been gone.
    public let targets: [Target]
    /// Why the newest snapshot did not see the tag; then the last target is as last seen. Nil if it was seen.
    public let unseen: Unseen?
    /// Why it is unknown whether the environment runs further images; nil if all its containers were seen.
    public let unseenRuns: Unseen?

    package init(
        environment: EnvironmentName, asOf: DatedEntry, unsettled: [UnsettledReason] = [], repository: String,
        tag: String,
        targets: [Target], unseen: Unseen?, unseenRuns: Unseen? = nil
    ) {
        self.environment = environment
        self.asOf = asOf
        self.unsettled = unsettled
        self.repository = repository
        self.tag = tag
        self.targets = targets
        self.unseen = unseen
        self.unseenRuns = unseenRuns
    }

    /// Whether the tag has pointed at different images, or at different digests of which that is not known.
    public var isMoved: Bool { targets.contains { [.another, .undetermined].contains($0.change) } }
    /// Whether the tag has pointed at different digests.
    public var isPushedAgain: Bool { Set(targets.map(\.digest)).count > 1 }
    /// Whether the tag no longer exists.
    public var isGone: Bool { targets.last?.until != nil }
    /// Whether an image that the tag pointed at ran.
    public var hasRun: Bool { targets.contains { !$0.runs.isEmpty } }

    /// What a tag points at, compared with what it pointed at before.
    public enum Change: Sendable, Hashable {
        /// It is the first digest, or the one before again.
        case none
        /// Another digest of the same image, for the platform of the hosts if that is known.
        case sameImage(platform: String?)
        /// Another image.
        case another
        /// Another digest; whether it is another image is not known.
        case undetermined
    }

    /// One digest that the tag pointed at.
    public struct Target: Sendable {
        /// `sha256:…`; nil if AWS did not report it.
        public let digest: String?
        /// The first snapshot that shows it.
        public let since: DatedEntry
        /// The snapshot from which on the tag pointed elsewhere or was gone; nil if it still points there.
        public let until: DatedEntry?
        /// What it is beside the digest before.
        public let change: Change
        /// The periods in which the image ran, whether or not the tag pointed at it then.
        public let runs: [Run]

        package init(
            digest: String?, since: DatedEntry, until: DatedEntry?, change: Change = .none, runs: [Run]
        ) {
            self.change = change
            self.digest = digest
            self.since = since
            self.until = until
            self.runs = runs
        }
    }

    /// A period in which an environment ran an image.
    public struct Run: Sendable, Hashable {
        /// The environment that ran the image.
        public let environment: EnvironmentName
        /// The first snapshot that shows the image running.
        public let since: DatedEntry
        /// The snapshot from which on the image did not run any more; nil if it still ran when last seen.
        public let until: DatedEntry?
        /// The label of the release that books its deployment; nil if none does.
        public let release: String?
        /// Why the newest snapshot did not see whether it still runs; nil if it did, or the period has ended.
        public let unseen: Unseen?

        package init(
            environment: EnvironmentName, since: DatedEntry, until: DatedEntry?, release: String? = nil,
            unseen: Unseen?
        ) {
            self.release = release
            self.environment = environment
            self.since = since
            self.until = until
            self.unseen = unseen
        }
    }
}
