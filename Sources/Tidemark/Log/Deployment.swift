/// A release as it was recorded: where, when, by whom.
public struct Deployment: Sendable {
    public let environment: EnvironmentName
    public let seq: Seq
    public let at: Timestamp
    /// The hash of the entry that records it.
    public let entry: ContentHash
    public let release: Release
    /// The caller who recorded it, as AWS attests it.
    public let actor: String
    /// Why the environment was not at rest, and why the deployment counted as failed, when it was recorded.
    public let unsettled: [String]
    public let failures: [String]
    /// The label of the release before it, and of the one after it; nil where there is none.
    public let replaced: String?
    public let replacedBy: String?

    public init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, entry: ContentHash, release: Release, actor: String,
        unsettled: [String] = [], failures: [String] = [], replaced: String?, replacedBy: String?
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.entry = entry
        self.release = release
        self.actor = actor
        self.unsettled = unsettled
        self.failures = failures
        self.replaced = replaced
        self.replacedBy = replacedBy
    }
}
