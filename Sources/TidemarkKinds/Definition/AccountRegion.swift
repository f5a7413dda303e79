/// The partition, account and region of a walk.
public struct AccountRegion: Sendable, Hashable {
    /// The partition: `aws`.
    public let partition: String
    /// The id of the account, twelve digits.
    public let account: String
    /// The region: `us-west-2`.
    public let region: String

    package init(partition: String, account: String, region: String) {
        self.partition = partition
        self.account = account
        self.region = region
    }
}
