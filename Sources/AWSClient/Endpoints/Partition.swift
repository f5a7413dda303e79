/// A partition of AWS, with its own accounts and its own domain.
public struct Partition: Sendable, Hashable {
    /// The partition in an ARN: `aws`, `aws-cn`, `aws-us-gov`.
    public let name: String
    /// The domain of the partition's endpoints: `amazonaws.com`.
    public let domain: String
    private let regionPrefix: String

    private init(_ name: String, _ regionPrefix: String, _ domain: String) {
        self.name = name
        self.regionPrefix = regionPrefix
        self.domain = domain
    }

    private static let standard = Partition("aws", "", "amazonaws.com")

    /// Source: `partitions.json` of the public service models.
    private static let others = [
        Partition("aws-cn", "cn-", "amazonaws.com.cn"),
        Partition("aws-us-gov", "us-gov-", "amazonaws.com"),
        Partition("aws-eusc", "eusc-", "amazonaws.eu"),
        Partition("aws-iso", "us-iso-", "c2s.ic.gov"),
        Partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov"),
        Partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk"),
        Partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov"),
    ]

    /// The partition of a region; `aws` if the region is unknown.
    public init(region: String) {
        self = Self.others.first { region.hasPrefix($0.regionPrefix) } ?? Self.standard
    }
}
