import StrictJSON

extension KindDefinition {
    /// An Elastic Beanstalk environment, by its name.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EnvironmentDescription.html>.
    static let elasticBeanstalkEnvironment = KindDefinition(
        "elasticbeanstalk.environment", decoder: 1, incarnation: "EnvironmentId",
        questions: [
            QuestionDefinition(
                "environment", "elasticbeanstalk", "DescribeEnvironments",
                ["EnvironmentNames": ["${identity}"], "IncludeDeleted": false],
                facets: [description],
                leads: [
                    .question("settings", settingsInputs), .members("cloudwatch.alarm") { _ in [[:]] },
                    .marked("cloudwatch.alarm", marksOfEnvironment),
                    .members("logs.log-group") { [["prefix": .string(logGroupPrefix(ofEnvironment: $0.identity))]] },
                ],
                signs: statusSigns),
            QuestionDefinition(
                "settings", "elasticbeanstalk", "DescribeConfigurationSettings",
                ["ApplicationName": "${application}", "EnvironmentName": "${identity}"],
                facets: [optionSettings],
                leads: [
                    .resources("ec2.security-group", securityGroupsOfOptions),
                    .resources("ec2.subnet", subnetsOfOptions),
                    .resources("ec2.vpc", vpcOfOptions),
                    .resources("iam.role", serviceRole),
                    .resources("iam.instance-profile", instanceProfile),
                    .resources("s3.bucket", bucketsNamedByProperties),
                    .resources("secretsmanager.secret", secrets),
                ] + Lead.endpoints(in: { values(propertyNamespace, in: $0) }),
                signs: settingsSigns),
            QuestionDefinition(
                "resources", "elasticbeanstalk", "DescribeEnvironmentResources", ["EnvironmentName": "${identity}"],
                facets: [environmentResources],
                leads: [
                    .resources("autoscaling.auto-scaling-group") { names("AutoScalingGroups", "Name", in: $0) },
                    .resources("ec2.instance") { names("Instances", "Id", in: $0) },
                    .members("ecs.container", clustersInputs),
                    .resources("elbv2.load-balancer", loadBalancers),
                    .marked("cloudwatch.alarm") { marks(of: environmentResources.select(from: $0) ?? [:]) },
                ]),
        ],
        facts: [
            FactDefinition(
                "properties", "The environment properties by name, secrets redacted; from OptionSettings.",
                shape: .map, compute: properties)
        ],
        // What it is made of changes with each instance that is replaced.
        released: .attributes(["VersionLabel", "EnvironmentResources"]))

    // MARK: Facets

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "Environments[]", selector: .identity(member: "EnvironmentName"),
        volatile: ["Status", "Health", "HealthStatus", "AbortableOperationInProgress", "DateUpdated"],
        readings: ["Status", "Health", "HealthStatus"])

    /// The answer may hold a second set, pending or failed; the deployed one is in force.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationSettingsDescription.html>.
    private static let optionSettings = FacetDefinition(
        "OptionSettings",
        at: "ConfigurationSettings[].OptionSettings", selector: .value(member: "DeploymentStatus", "deployed"),
        // A resource's name tells scheduled actions apart; elsewhere it is that of a resource in EB's own stack.
        lists: ["": .keyed(by: ["Namespace", "OptionName", KeyMember("ResourceName", ignoringPrefix: "AWSEB")])],
        redactions: [Redaction("[].Value", treatment: treatmentOfOption)])

    private static let environmentResources = FacetDefinition(
        "EnvironmentResources",
        at: "EnvironmentResources",
        lists: [
            "AutoScalingGroups": .keyed(by: ["Name"]), "Instances": .keyed(by: ["Id"]),
            "LaunchConfigurations": .keyed(by: ["Name"]), "LaunchTemplates": .keyed(by: ["Id"]),
            "LoadBalancers": .keyed(by: ["Name"]), "Triggers": .keyed(by: ["Name"]), "Queues": .keyed(by: ["Name"]),
        ])

    // MARK: Option settings

    private static let propertyNamespace = "aws:elasticbeanstalk:application:environment"
    /// Here a property's value is not a secret, but the ARN of one, or of a parameter.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html>.
    private static let secretNamespace = "aws:elasticbeanstalk:application:environmentsecrets"
    private static let templateNamespace = "aws:cloudformation:template:parameter"

    /// Namespaces whose options configure AWS and carry no secret; any other, such as
    /// `aws:elasticbeanstalk:customoption` and the platforms' own, is redacted.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html>.
    private static let harmlessNamespaces: Set = [
        "aws:autoscaling:asg", "aws:autoscaling:launchconfiguration", "aws:autoscaling:scheduledaction",
        "aws:autoscaling:trigger", "aws:autoscaling:updatepolicy:rollingupdate", "aws:ec2:instances", "aws:ec2:vpc",
        "aws:elasticbeanstalk:application", "aws:elasticbeanstalk:cloudwatch:logs",
        "aws:elasticbeanstalk:cloudwatch:logs:health", "aws:elasticbeanstalk:command",
        "aws:elasticbeanstalk:control", "aws:elasticbeanstalk:environment",
        "aws:elasticbeanstalk:environment:proxy",
        "aws:elasticbeanstalk:environment:proxy:staticfiles", "aws:elasticbeanstalk:healthreporting:system",
        "aws:elasticbeanstalk:hostmanager", "aws:elasticbeanstalk:managedactions",
        "aws:elasticbeanstalk:managedactions:platformupdate", "aws:elasticbeanstalk:monitoring",
        "aws:elasticbeanstalk:sns:topics", "aws:elasticbeanstalk:sqsd", "aws:elasticbeanstalk:trafficsplitting",
        "aws:elasticbeanstalk:xray", "aws:elb:healthcheck", "aws:elb:listener", "aws:elb:loadbalancer",
        "aws:elb:policies", "aws:elbv2:loadbalancer", "aws:rds:dbinstance",
    ]
    /// Namespaces that end in a port, a process or a rule of the user's.
    private static let harmlessPrefixes = [
        "aws:elasticbeanstalk:environment:process:", "aws:elb:listener:", "aws:elb:policies:", "aws:elbv2:listener:",
        "aws:elbv2:listenerrule:",
    ]

    private static func isHarmless(_ namespace: String) -> Bool {
        harmlessNamespaces.contains(namespace) || harmlessPrefixes.contains(where: namespace.hasPrefix)
    }

    private static let templateTreatments: [String: Treatment] = [
        "AppSource": .presignedURL, "HooksPkgUrl": .presignedURL, "InstancePort": .plain, "InstanceTypeFamily": .plain,
    ]

    private static func treatmentOfOption(_ option: JSONObject, names: PropertyNames) -> Treatment {
        let name = option["OptionName"]?.string ?? ""
        switch option["Namespace"]?.string {
        case propertyNamespace: return names.treatment(of: name)
        case secretNamespace: return option["Value"]?.string?.hasPrefix("arn:") == true ? .plain : .secret
        case templateNamespace: return templateTreatments[name] ?? .secret
        case let namespace? where isHarmless(namespace):
            // An endpoint may be a webhook, whose path is its password.
            if name == "Notification Endpoint" { return .url }
            return name.lowercased().contains("password") ? .secret : .plain
        default: return .secret
        }
    }

    private static func properties(_ reader: inout FactReader) -> JSON? {
        guard let options = reader.facet("OptionSettings")?.array else { return nil }
        let members = options.filter { $0["Namespace"]?.string == propertyNamespace }
            .compactMap { option in option["OptionName"]?.string.map { ($0, option["Value"] ?? "") } }
        return .object(JSONObject(members))
    }

    // MARK: Leads

    private static func settingsInputs(_ answer: Answer) -> QuestionInputs? {
        description.select(from: answer)?["ApplicationName"].map { ["application": $0] }
    }

    /// The resources of one type that the environment is made of.
    private static func names(_ list: String, _ member: String, in answer: Answer) -> [String] {
        environmentResources.select(from: answer)?.elements(list).compactMap { $0[member]?.string } ?? []
    }

    /// Without instances there are no containers to look for.
    private static func clustersInputs(_ answer: Answer) -> [QuestionInputs]? {
        guard environmentResources.select(from: answer) != nil else { return nil }
        let instances = names("Instances", "Id", in: answer)
        return instances.isEmpty ? [] : [["instances": JSON(instances)]]
    }

    /// A Classic Load Balancer stands there by its name, the others by their ARNs.
    private static func loadBalancers(_ answer: Answer) -> [String] {
        names("LoadBalancers", "Name", in: answer).filter { $0.hasPrefix("arn:") }
    }

    /// The ids among an option's values: it may also hold names, which instances have too.
    private static func ids(_ prefix: String, _ namespace: String, _ option: String, in answer: Answer) -> [String] {
        values(namespace, option, in: answer).flatMap(\.namesInList).filter { $0.hasPrefix(prefix) }
    }

    private static func securityGroupsOfOptions(_ answer: Answer) -> [String] {
        ids("sg-", "aws:autoscaling:launchconfiguration", "SecurityGroups", in: answer)
    }

    private static func subnetsOfOptions(_ answer: Answer) -> [String] {
        ["Subnets", "ELBSubnets", "DBSubnets"].flatMap { ids("subnet-", "aws:ec2:vpc", $0, in: answer) }
    }

    private static func vpcOfOptions(_ answer: Answer) -> [String] { ids("vpc-", "aws:ec2:vpc", "VPCId", in: answer) }

    private static func bucketsNamedByProperties(_ answer: Answer) -> [String] {
        let options = optionSettings.select(from: answer)?.array ?? []
        return options.filter { $0["Namespace"]?.string == propertyNamespace }.flatMap { option in
            let (name, value) = (option["OptionName"]?.string ?? "", option["Value"]?.string ?? "")
            return [BucketName.named(by: name, value)].compactMap(\.self) + BucketName.all(in: value)
        }
    }

    private static func serviceRole(_ answer: Answer) -> [String] {
        values("aws:elasticbeanstalk:environment", "ServiceRole", in: answer).map(\.nameInARN)
    }

    private static func secrets(_ answer: Answer) -> [String] {
        (values(propertyNamespace, in: answer) + values(secretNamespace, in: answer)).flatMap(SecretARN.all)
    }

    private static func marksOfEnvironment(_ answer: Answer) -> [Mark] {
        let id = description.select(from: answer)?["EnvironmentId"]?.string
        return [Mark("EnvironmentName", answer.identity)] + (id.map { [Mark("EnvironmentId", $0)] } ?? [])
    }

    private static func instanceProfile(_ answer: Answer) -> [String] {
        values("aws:autoscaling:launchconfiguration", "IamInstanceProfile", in: answer).map(\.nameInARN)
    }

    /// The values that are set of an option, or of all in a namespace.
    private static func values(_ namespace: String, _ option: String? = nil, in answer: Answer) -> [String] {
        (optionSettings.select(from: answer)?.array ?? [])
            .filter { $0["Namespace"]?.string == namespace && (option == nil || $0["OptionName"]?.string == option) }
            .compactMap { $0["Value"]?.string }
            .filter { !$0.isEmpty }
    }

    // MARK: Signs

    private static func statusSigns(_ answer: Answer) -> [Sign] {
        guard let status = description.select(from: answer)?["Status"]?.string, status != "Ready" else { return [] }
        return [.unsettled("the environment's status is \(status)")]
    }

    private static func settingsSigns(_ answer: Answer) -> [Sign] {
        answer.value.elements("ConfigurationSettings").compactMap { settings in
            switch settings["DeploymentStatus"]?.string {
            case "pending": .unsettled("a change of its configuration is being applied")
            case "failed": .failed("the last change of its configuration failed")
            default: nil
            }
        }
    }
}
