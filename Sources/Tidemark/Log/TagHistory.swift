/// What a tag of a repository pointed at, as it was seen from one environment.
public struct TagHistory: Sendable {
    public let environment: EnvironmentName
    /// The newest snapshot.
    public let asOf: DatedEntry
    /// Why the environment was not at rest then.
    public let unsettled: [String]
    public let repository: String
    public let tag: String
    /// Oldest first; between two of them the tag may have been gone.
    public let targets: [Target]
    /// Why it is not known what it points at now; then the last version is as last seen.
    public let unseen: Unseen?

    public init(
        environment: EnvironmentName, asOf: DatedEntry, unsettled: [String] = [], repository: String, tag: String,
        targets: [Target], unseen: Unseen?
    ) {
        self.environment = environment
        self.asOf = asOf
        self.unsettled = unsettled
        self.repository = repository
        self.tag = tag
        self.targets = targets
        self.unseen = unseen
    }

    /// Whether it has pointed at different bytes.
    public var isMoved: Bool { Set(targets.map(\.digest)).count > 1 }
    public var isGone: Bool { targets.last?.until != nil }
    public var hasRun: Bool { targets.contains { !$0.runs.isEmpty } }

    /// One digest that the tag pointed at.
    public struct Target: Sendable {
        public let digest: String?
        /// The snapshot that saw it first.
        public let since: DatedEntry
        /// The snapshot that saw it elsewhere or gone; nil while it points there.
        public let until: DatedEntry?
        /// Where these bytes ran, whether or not the tag pointed at them then.
        public let runs: [Run]

        public init(digest: String?, since: DatedEntry, until: DatedEntry?, runs: [Run]) {
            self.digest = digest
            self.since = since
            self.until = until
            self.runs = runs
        }
    }

    /// A time in which an environment ran some bytes.
    public struct Run: Sendable, Hashable {
        public let environment: EnvironmentName
        public let since: DatedEntry
        /// Nil while it runs, as far as was seen.
        public let until: DatedEntry?
        /// Why it is not known whether it runs still.
        public let unseen: Unseen?

        public init(environment: EnvironmentName, since: DatedEntry, until: DatedEntry?, unseen: Unseen?) {
            self.environment = environment
            self.since = since
            self.until = until
            self.unseen = unseen
        }
    }
}
