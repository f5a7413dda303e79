import StrictJSON
import Tidemark

extension Kind {
    package static let elasticBeanstalkEnvironment = Kind(rawValue: "elasticbeanstalk.environment")
}

extension KindDefinition {
    /// An Elastic Beanstalk environment; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EnvironmentDescription.html>.
    static let elasticBeanstalkEnvironment = KindDefinition(
        .elasticBeanstalkEnvironment, decoder: 2, incarnation: "EnvironmentId",
        questions: [
            QuestionDefinition(
                "environment", "elasticbeanstalk", "DescribeEnvironments",
                ["EnvironmentNames": ["${identity}"], "IncludeDeleted": false],
                facets: [description],
                leads: [
                    .question("settings", applicationInputs), .question("options", applicationInputs),
                    .question("platform", platformInputs), .members(.cloudWatchAlarm) { _ in [[:]] },
                    .resources(.elasticBeanstalkApplication, at: "ApplicationName", of: description),
                    .members(.elasticBeanstalkApplicationVersion, versionInputs),
                    .links(.cloudWatchAlarm, alarmKeys),
                    .members(.logsLogGroup) { answer in
                        [["prefix": .string(ElasticBeanstalkNames.logGroupPrefix(ofEnvironment: answer.identity))]]
                    },
                ],
                statusSignals: statusSignals(in:)),
            QuestionDefinition(
                "settings", "elasticbeanstalk", "DescribeConfigurationSettings",
                ["ApplicationName": "${application}", "EnvironmentName": "${identity}"],
                facets: [optionSettings],
                leads: OptionSettings.leads(in: { OptionSettings($0.content(of: optionSettings)) }),
                statusSignals: settingsSignals(in:),
                unknownStatusSignals: [.unsettled(.configurationUnknown)]),
            QuestionDefinition(
                "options", "elasticbeanstalk", "DescribeConfigurationOptions",
                ["ApplicationName": "${application}", "EnvironmentName": "${identity}"],
                facets: [configurationOptions]),
            QuestionDefinition(
                "platform", "elasticbeanstalk", "DescribePlatformVersion", ["PlatformArn": "${platform}"],
                facets: [platformDescription]),
            QuestionDefinition(
                "managed-actions", "elasticbeanstalk", "DescribeEnvironmentManagedActions",
                ["EnvironmentName": "${identity}"],
                facets: [managedActions]),
            // Without enhanced health there is no such answer.
            QuestionDefinition(
                "instances-health", "elasticbeanstalk", "DescribeInstancesHealth",
                ["EnvironmentName": "${identity}", "AttributeNames": ["Deployment"]],
                absent: ["InvalidRequest", "InvalidRequestException"], readings: deployments),
            QuestionDefinition(
                "resources", "elasticbeanstalk", "DescribeEnvironmentResources", ["EnvironmentName": "${identity}"],
                facets: [environmentResources],
                leads: [
                    .all(.autoScalingGroup) { names("AutoScalingGroups", "Name", in: $0) },
                    .all(.ec2Instance) { names("Instances", "Id", in: $0) },
                    .members(.ecsContainer, clustersInputs),
                    .all(.elbv2LoadBalancer, loadBalancers),
                    .links(.cloudWatchAlarm) { answer in
                        answer.content(of: environmentResources).map(AlarmLinks.keys(ofEnvironmentResources:))
                    },
                ]),
        ],
        facts: [
            FactDefinition(
                "properties", "The environment properties by name, secrets redacted; from OptionSettings.",
                shape: .map,
                compute: { reader in reader.facet("OptionSettings").map { OptionSettings($0).properties } }),
            FactDefinition(
                "platform", "The platform without its version; from PlatformArn.", shape: .scalar,
                compute: { platform(&$0)?.name }),
            FactDefinition(
                "platform-version", "The platform's version, from PlatformArn.", shape: .value(.version),
                compute: { platform(&$0)?.version }),
            FactDefinition(
                "managed-updates",
                "'off', or which platform updates EB makes by itself and when, such as 'minor, Sun:10:00'; from OptionSettings.",
                shape: .scalar,
                compute: { reader in reader.facet("OptionSettings").map { OptionSettings($0).managedUpdates } }),
            FactDefinition(
                "not-followed",
                "The hosts of AWS services that the environment names and at which no resource is observed.",
                shape: .list,
                compute: { reader in
                    reader.facet(Snapshot.notFollowed).map { JSON(NotFollowedHost.all(in: $0).map(\.host)) }
                }),
        ],
        running: .version { $0["VersionLabel"]?.string },
        // Each instance that is replaced changes the resources, and each new version of the platform the planned actions.
        released: .attributes(["VersionLabel", "EnvironmentResources", "ManagedActions"]))

    // MARK: Facets

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "Environments[]", selector: .identity(member: "EnvironmentName"),
        volatile: ["Status", "Health", "HealthStatus", "AbortableOperationInProgress", "DateUpdated"],
        readings: ["Status", "Health", "HealthStatus"])

    /// The deployed settings. The answer may also have pending or failed ones.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationSettingsDescription.html>.
    private static let optionSettings = FacetDefinition(
        "OptionSettings",
        at: "ConfigurationSettings[].OptionSettings", selector: .value(member: "DeploymentStatus", "deployed"),
        // The closure defers the parsing of the table, which no reader of a history needs.
        lists: ["": OptionSetting.rule], nearestKey: { OptionTable.documented.nearestKey(to: $0) },
        redactions: [Redaction("[].Value", treatment: OptionSetting.treatment(of:names:))])

    /// The options that can be set, with their defaults. The allowed values are not part of the environment.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ConfigurationOptionDescription.html>.
    private static let configurationOptions = FacetDefinition(
        "ConfigurationOptions",
        at: "Options",
        volatile: [
            "[].ChangeSeverity", "[].MaxLength", "[].MaxValue", "[].MinValue", "[].Regex", "[].UserDefined",
            "[].ValueOptions", "[].ValueType",
        ],
        lists: ["": .keyed(by: ["Namespace", "Name"])],
        redactions: [Redaction("[].DefaultValue", treatment: OptionSetting.treatment(ofDefault:names:))])

    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_PlatformDescription.html>.
    private static let platformDescription = FacetDefinition(
        "PlatformDescription", at: "PlatformDescription", volatile: ["DateUpdated"],
        versions: [
            "PlatformVersion", "OperatingSystemVersion", "Frameworks[].Version", "ProgrammingLanguages[].Version",
        ],
        lists: [
            "CustomAmiList": .keyed(by: ["VirtualizationType"]), "Frameworks": .keyed(by: ["Name", "Version"]),
            "ProgrammingLanguages": .keyed(by: ["Name", "Version"]),
        ])

    /// The planned actions of Elastic Beanstalk. Their times change from week to week.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ManagedAction.html>.
    private static let managedActions = FacetDefinition(
        "ManagedActions",
        at: "ManagedActions", volatile: ["[].Status", "[].WindowStartTime"], lists: ["": .keyed(by: ["ActionId"])])

    private static let environmentResources = FacetDefinition(
        "EnvironmentResources",
        at: "EnvironmentResources",
        lists: [
            "AutoScalingGroups": .keyed(by: ["Name"]), "Instances": .keyed(by: ["Id"]),
            "LaunchConfigurations": .keyed(by: ["Name"]), "LaunchTemplates": .keyed(by: ["Id"]),
            "LoadBalancers": .keyed(by: ["Name"]), "Triggers": .keyed(by: ["Name"]), "Queues": .keyed(by: ["Name"]),
        ])

    /// The name and the version, from `arn:aws:elasticbeanstalk:us-west-2::platform/ECS running on 64bit Amazon Linux 2/3.5.0`.
    private static func platform(_ reader: inout FactReader) -> (name: JSON, version: JSON)? {
        let parts = reader.facet(Snapshot.description)?["PlatformArn"]?.string?.split(separator: "/") ?? []
        return parts.count == 3 ? (.string(String(parts[1])), .string(String(parts[2]))) : nil
    }

    // MARK: Leads

    private static func applicationInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.content(of: description)?["ApplicationName"].map { [["application": $0]] }
    }

    private static func platformInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.content(of: description)?["PlatformArn"].map { [["platform": $0]] }
    }

    /// The inputs for the deployed version; none if nothing was deployed yet.
    private static func versionInputs(_ answer: Answer) -> [QuestionInputs]? {
        guard let found = answer.content(of: description), let application = found["ApplicationName"] else {
            return nil
        }
        return found["VersionLabel"]?.string.map { [["application": application, "label": .string($0)]] } ?? []
    }

    /// The environment's resources of one type.
    private static func names(_ list: String, _ member: String, in answer: Answer) -> [String]? {
        answer.content(of: environmentResources)?.elements(list).compactMap { $0[member]?.string }
    }

    /// Without instances there are no containers to find.
    private static func clustersInputs(_ answer: Answer) -> [QuestionInputs]? {
        names("Instances", "Id", in: answer).map { instances in
            instances.isEmpty ? [] : [["environment": .string(answer.identity), "instances": JSON(instances)]]
        }
    }

    /// The ARNs of load balancers. A Classic Load Balancer is listed by its name.
    private static func loadBalancers(_ answer: Answer) -> [String]? {
        names("LoadBalancers", "Name", in: answer)?.filter { $0.hasPrefix("arn:") }
    }

    private static func alarmKeys(_ answer: Answer) -> Set<LinkKey>? {
        answer.content(of: description).map { environment in
            let id = environment["EnvironmentId"]?.string.map { LinkKey("EnvironmentId", $0) }
            return Set([LinkKey("EnvironmentName", answer.identity), id].compactMap(\.self))
        }
    }

    // MARK: Deployments

    /// The deployment of each instance, by its id. `DeploymentId` rises with each deployment or change of the configuration.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_Deployment.html>.
    private static func deployments(_ answer: Answer) -> [Reading] {
        let found = answer.value.elements("InstanceHealthList").compactMap { instance -> (String, JSON)? in
            guard let id = instance["InstanceId"]?.string, let deployment = instance["Deployment"] else { return nil }
            let members = ["DeploymentId", "VersionLabel", "Status"].compactMap { name in
                deployment[name].map { (name, $0) }
            }
            return (id, .object(JSONObject(members)))
        }.sorted { $0.0.precedesByUTF8($1.0) }
        let environment = ResourceID(.elasticBeanstalkEnvironment, answer.identity)
        return [Reading(resource: environment, name: "deployments", value: .object(JSONObject(found)))]
    }

    // MARK: Status

    private static func statusSignals(in answer: Answer) -> [StatusSignal] {
        guard let status = answer.content(of: description)?["Status"]?.string, status != "Ready" else { return [] }
        return [.unsettled(.environmentStatus(status))]
    }

    private static func settingsSignals(in answer: Answer) -> [StatusSignal] {
        answer.value.elements("ConfigurationSettings").compactMap { settings in
            switch settings["DeploymentStatus"]?.string {
            case "pending": .unsettled(.configurationPending)
            case "failed": .failed(.configurationFailed)
            default: nil
            }
        }
    }
}
