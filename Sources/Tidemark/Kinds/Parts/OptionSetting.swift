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

    /// How the value of an option is stored.
    static func treatment(of option: JSONObject, names: PropertyNames) -> Treatment {
        treatment(of: option["Value"], option["Namespace"], option["OptionName"], names)
    }

    /// How the value that an option has by default is stored.
    static func treatment(ofDefault option: JSONObject, names: PropertyNames) -> Treatment {
        treatment(of: option["DefaultValue"], option["Namespace"], option["Name"], names)
    }

    /// A documented option whose value has its form is harmless. Any other is secret: somebody may have put environment
    /// properties into a wrong namespace.
    private static func treatment(
        of value: JSON?, _ namespace: JSON?, _ name: JSON?, _ names: PropertyNames
    ) -> Treatment {
        guard let namespace = namespace?.string, let name = name?.string else { return .secret }
        if namespace == properties { return names.treatment(of: name, value: value) }
        return OptionTable.documented.form(of: name, in: namespace)?.treatment(of: value ?? .null) ?? .secret
    }
}
