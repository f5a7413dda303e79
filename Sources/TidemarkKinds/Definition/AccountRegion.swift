/// The partition, account and region of a walk.
public struct AccountRegion: Sendable, Hashable {
    public let partition: String
    public let account: String
    public let region: String

    public init(partition: String, account: String, region: String) {
        self.partition = partition
        self.account = account
        self.region = region
    }
}
