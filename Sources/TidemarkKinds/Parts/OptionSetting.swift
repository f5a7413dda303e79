import StrictJSON

/// An option of Elastic Beanstalk in an environment or a bundle: `Namespace`, `OptionName`, `Value`.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html>.
enum OptionSetting {
    static let properties = "aws:elasticbeanstalk:application:environment"
    /// The namespace of properties whose value is the ARN of a secret or of a parameter.
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html>.
    static let secrets = "aws:elasticbeanstalk:application:environmentsecrets"
    /// The namespace of values that Elastic Beanstalk passes to its own stack. Users do not set them.
    static let template = "aws:cloudformation:template:parameter"

    /// The resource's name distinguishes scheduled actions. Elsewhere it is a resource of Elastic Beanstalk's own stack.
    static let rule = ListRule.keyed(
        by: ["Namespace", "OptionName", KeyMember("ResourceName", ignoringPrefix: "AWSEB")])

    /// The treatment of an option's value.
    static func treatment(of option: JSONObject, names: PropertyNames) -> Treatment {
        treatment(of: option["Value"], option["Namespace"], option["OptionName"], names)
    }

    /// The treatment of an option's default value.
    static func treatment(ofDefault option: JSONObject, names: PropertyNames) -> Treatment {
        treatment(of: option["DefaultValue"], option["Namespace"], option["Name"], names)
    }

    /// A value is harmless if its option is documented and the value has the documented form. Any other is secret, since a
    /// user may have put environment properties into a wrong namespace.
    private static func treatment(
        of value: JSON?, _ namespace: JSON?, _ name: JSON?, _ names: PropertyNames
    ) -> Treatment {
        guard let namespace = namespace?.string, let name = name?.string else { return .secret }
        if namespace == properties { return names.treatment(of: name, value: value) }
        return OptionTable.documented.form(of: name, in: namespace)?.treatment(of: value ?? .null) ?? .secret
    }
}
