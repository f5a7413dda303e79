import StrictJSON

/// An option of Elastic Beanstalk, as an environment has it or a bundle sets it: `Namespace`, `OptionName`, `Value`.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html>.
enum OptionSetting {
    static let properties = "aws:elasticbeanstalk:application:environment"
    /// Here a property's value is not a secret, but the ARN of one, or of a parameter.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html>.
    static let secrets = "aws:elasticbeanstalk:application:environmentsecrets"
    /// What EB passes on to its own stack; nobody sets it.
    static let template = "aws:cloudformation:template:parameter"

    /// A resource's name tells scheduled actions apart; elsewhere it is that of a resource in EB's own stack.
    static let rule = ListRule.keyed(
        by: ["Namespace", "OptionName", KeyMember("ResourceName", ignoringPrefix: "AWSEB")])

    /// Namespaces whose options configure AWS and carry no secret; any other, such as
    /// `aws:elasticbeanstalk:customoption` and the platforms' own, is redacted.
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

    /// How the value of an option is stored.
    static func treatment(of option: JSONObject, names: PropertyNames) -> Treatment {
        let name = option["OptionName"]?.string ?? ""
        switch option["Namespace"]?.string {
        case properties: return names.treatment(of: name, value: option["Value"])
        case secrets: return option["Value"]?.string?.hasPrefix("arn:") == true ? .plain : .secret
        case template: return templateTreatments[name] ?? .secret
        case let namespace? where isHarmless(namespace):
            // An endpoint may be a webhook, whose path is its password.
            if name == "Notification Endpoint" { return .url }
            return name.lowercased().contains("password") ? .secret : .plain
        default: return .secret
        }
    }
}
