import StrictJSON

/// The options of an environment: what they say together, and what they lead to.
struct OptionSettings {
    private let settings: [JSON]

    /// - Parameter content: A list of settings, or nothing.
    init(_ content: JSON?) { settings = content?.array ?? [] }

    /// The values that are set of an option, or of all in a namespace.
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

    /// `off`, or which platform updates EB makes by itself and when.
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

    /// To all that the options name.
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
        ] + Lead.endpoints(in: { options($0).values(OptionSetting.properties) })
    }

    private static let launch = "aws:autoscaling:launchconfiguration"
    private static let network = "aws:ec2:vpc"

    /// The ids among an option's values: it may also hold names, which instances have too.
    private func ids(_ prefix: String, _ namespace: String, _ option: String) -> [String] {
        harmless(namespace, option).flatMap(\.namesInList).filter { $0.hasPrefix(prefix) }
    }

    /// The names, where an option may hold ARNs too.
    private func names(_ namespace: String, _ option: String) -> [String] {
        harmless(namespace, option).map(\.nameInARN)
    }

    /// The values that are stored as they are: no secret becomes the identity of a resource.
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
