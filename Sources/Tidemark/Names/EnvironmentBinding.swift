import StrictJSON

/// What ties an environment's name to AWS.
public struct EnvironmentBinding: Hashable, Sendable {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    public let partition: String
    /// Twelve digits.
    public let account: String
    public let region: String
    /// The Elastic Beanstalk environment's name, and its id, which changes when it is rebuilt.
    public let ebEnvironment: String
    public let ebEnvironmentID: String

    public init(partition: String, account: String, region: String, ebEnvironment: String, ebEnvironmentID: String) {
        self.partition = partition
        self.account = account
        self.region = region
        self.ebEnvironment = ebEnvironment
        self.ebEnvironmentID = ebEnvironmentID
    }

    public var json: JSON {
        [
            "partition": .string(partition), "account": .string(account), "region": .string(region),
            "ebEnvironment": .string(ebEnvironment), "ebEnvironmentId": .string(ebEnvironmentID),
        ]
    }

    public init?(json: JSON) {
        guard let partition = json["partition"]?.string, let account = json["account"]?.string,
            let region = json["region"]?.string, let ebEnvironment = json["ebEnvironment"]?.string,
            let ebEnvironmentID = json["ebEnvironmentId"]?.string
        else { return nil }
        self.init(
            partition: partition, account: account, region: region, ebEnvironment: ebEnvironment,
            ebEnvironmentID: ebEnvironmentID)
    }
}
