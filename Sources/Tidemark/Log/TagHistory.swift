/// What a tag of a repository pointed at, as it was seen from one environment.
public struct TagHistory: Sendable {
    public let environment: EnvironmentName
    /// The newest snapshot.
    public let asOf: Sighting
    /// Why the environment was not at rest then.
    public let unsettled: [String]
    public let repository: String
    public let tag: String
    /// Oldest first; between two of them the tag may have been gone.
    public let versions: [Version]
    /// Why it is not known what it points at now; then the last version is as last seen.
    public let unseen: Unseen?

    public init(
        environment: EnvironmentName, asOf: Sighting, unsettled: [String] = [], repository: String, tag: String,
        versions: [Version], unseen: Unseen?
    ) {
        self.environment = environment
        self.asOf = asOf
        self.unsettled = unsettled
        self.repository = repository
        self.tag = tag
        self.versions = versions
        self.unseen = unseen
    }

    /// Whether it has pointed at different bytes.
    public var isMoved: Bool { Set(versions.map(\.digest)).count > 1 }
    public var isGone: Bool { versions.last?.until != nil }
    public var hasRun: Bool { versions.contains { !$0.runs.isEmpty } }

    /// One digest that the tag pointed at.
    public struct Version: Sendable {
        public let digest: String?
        /// The snapshot that saw it first.
        public let since: Sighting
        /// The snapshot that saw it elsewhere or gone; nil while it points there.
        public let until: Sighting?
        /// Where these bytes ran, whether or not the tag pointed at them then.
        public let runs: [Run]

        public init(digest: String?, since: Sighting, until: Sighting?, runs: [Run]) {
            self.digest = digest
            self.since = since
            self.until = until
            self.runs = runs
        }
    }

    /// A snapshot, and when it was recorded.
    public struct Sighting: Sendable, Hashable {
        public let seq: Seq
        public let at: Timestamp

        public init(seq: Seq, at: Timestamp) {
            self.seq = seq
            self.at = at
        }
    }

    /// A time in which an environment ran some bytes.
    public struct Run: Sendable, Hashable {
        public let environment: EnvironmentName
        public let since: Sighting
        /// Nil while it runs, as far as was seen.
        public let until: Sighting?
        /// Why it is not known whether it runs still.
        public let unseen: Unseen?

        public init(environment: EnvironmentName, since: Sighting, until: Sighting?, unseen: Unseen?) {
            self.environment = environment
            self.since = since
            self.until = until
            self.unseen = unseen
        }
    }
}
