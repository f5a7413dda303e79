import StrictJSON
import Tidemark

/// The options of an environment, their facts and their leads.
struct OptionSettings {
    private let settings: [JSON]

    /// - Parameter content: A list of settings, or nil.
    init(_ content: JSON?) { settings = content?.array ?? [] }

    /// The values of an option, or of all options in a namespace.
    func values(_ namespace: String, _ option: String? = nil) -> [String] {
        settings.filter {
            $0["Namespace"]?.string == namespace && (option == nil || $0["OptionName"]?.string == option)
        }
        .compactMap { $0["Value"]?.string }
        .filter { !$0.isEmpty }
    }

    // MARK: Facts

    /// The environment properties by name.
    var properties: JSON { .object(JSONObject(named.map { ($0.name, $0.value) })) }

    private var named: [(name: String, value: JSON)] {
        settings.filter { $0["Namespace"]?.string == OptionSetting.properties }
            .compactMap { setting in setting["OptionName"]?.string.map { ($0, setting["Value"] ?? "") } }
    }

    /// `off`, or the level and time of platform updates that Elastic Beanstalk makes by itself.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environment-platform-update-managed.html>.
    var managedUpdates: JSON {
        let namespace = "aws:elasticbeanstalk:managedactions"
        guard values(namespace, "ManagedActionsEnabled").first == "true" else { return "off" }
        let level = values("\(namespace):platformupdate", "UpdateLevel").first
        return .string(
            [level, values(namespace, "PreferredStartTime").first].compactMap(\.self).joined(separator: ", "))
    }

    // MARK: Leads

    /// Leads to everything that the options name.
    static func leads(in options: @escaping @Sendable (Answer) -> OptionSettings) -> [Lead] {
        [
            .resources(.ec2SecurityGroup) { options($0).ids("sg-", launch, "SecurityGroups") },
            .resources(.ec2Subnet) { answer in
                ["Subnets", "ELBSubnets", "DBSubnets"].flatMap { options(answer).ids("subnet-", network, $0) }
            },
            .resources(.ec2VPC) { options($0).ids("vpc-", network, "VPCId") },
            .resources(.iamRole) { options($0).names("aws:elasticbeanstalk:environment", "ServiceRole") },
            .resources(.iamInstanceProfile) { options($0).names(launch, "IamInstanceProfile") },
            .resources(.s3Bucket) { options($0).buckets },
            .resources(.secretsManagerSecret) { options($0).secrets },
            .endpoints(in: { options($0).values(OptionSetting.properties) }),
        ]
    }

    private static let launch = "aws:autoscaling:launchconfiguration"
    private static let network = "aws:ec2:vpc"

    /// The ids among an option's values. The other values are names, and instances lead to those resources.
    private func ids(_ prefix: String, _ namespace: String, _ option: String) -> [String] {
        harmless(namespace, option).flatMap(\.namesInList).filter { $0.hasPrefix(prefix) }
    }

    /// The names of an option's values, which may be ARNs.
    private func names(_ namespace: String, _ option: String) -> [String] {
        harmless(namespace, option).map(\.nameInARN)
    }

    /// The values that are stored as they are, since a secret must not become an identity.
    private func harmless(_ namespace: String, _ option: String) -> [String] {
        let form = OptionTable.documented.form(of: option, in: namespace)
        return values(namespace, option).filter { form?.treatment(of: .string($0)) == .plain }
    }

    private var buckets: [String] {
        named.flatMap { name, value in
            let text = value.string ?? ""
            return [BucketName.named(by: name, text)].compactMap(\.self) + BucketName.all(in: text)
        }
    }

    private var secrets: [String] {
        (values(OptionSetting.properties) + values(OptionSetting.secrets)).flatMap(SecretARN.all)
    }
}
