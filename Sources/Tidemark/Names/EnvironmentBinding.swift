import StrictJSON

/// The AWS account, region and Elastic Beanstalk environment that an environment's name stands for.
public struct EnvironmentBinding: Hashable, Sendable {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    public let partition: String
    /// Twelve digits.
    public let account: String
    /// `us-west-2`.
    public let region: String
    /// The Elastic Beanstalk environment's name.
    public let ebEnvironment: String
    /// The Elastic Beanstalk environment's id, which changes when it is rebuilt: `e-abcdefghij`.
    public let ebEnvironmentID: String

    /// Creates a binding.
    public init(partition: String, account: String, region: String, ebEnvironment: String, ebEnvironmentID: String) {
        self.partition = partition
        self.account = account
        self.region = region
        self.ebEnvironment = ebEnvironment
        self.ebEnvironmentID = ebEnvironmentID
    }

    package var json: JSON {
        [
            "partition": .string(partition), "account": .string(account), "region": .string(region),
            "ebEnvironment": .string(ebEnvironment), "ebEnvironmentId": .string(ebEnvironmentID),
        ]
    }

    package init?(json: JSON) {
        guard let partition = json["partition"]?.string, let account = json["account"]?.string,
            let region = json["region"]?.string, let ebEnvironment = json["ebEnvironment"]?.string,
            let ebEnvironmentID = json["ebEnvironmentId"]?.string
        else { return nil }
        self.init(
            partition: partition, account: account, region: region, ebEnvironment: ebEnvironment,
            ebEnvironmentID: ebEnvironmentID)
    }
}
