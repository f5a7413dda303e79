/// Names that Elastic Beanstalk derives from an environment's name or id.
enum ElasticBeanstalkNames {
    /// The beginning of the names of an environment's log groups.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.cloudwatchlogs.html>.
    static func logGroupPrefix(ofEnvironment name: String) -> String { "/aws/elasticbeanstalk/\(name)/" }

    /// Whether a name is one that Elastic Beanstalk gives to a resource that it makes for an environment. A rebuild of the
    /// environment replaces those.
    static func isOwn(_ name: String?) -> Bool { name?.hasPrefix("awseb-") == true }

    /// The environment to which the name of a stack's resource, or of a log group, belongs.
    static func linkKeys(in name: String) -> [LinkKey] {
        let stack = name.prefixMatch(of: #/awseb-(e-[a-z0-9]+)-/#).map { LinkKey("EnvironmentId", String($0.1)) }
        let logs = name.prefixMatch(of: #/\/aws\/elasticbeanstalk\/([^\/]+)\//#)
            .map { LinkKey("EnvironmentName", String($0.1)) }
        return [stack, logs].compactMap(\.self)
    }
}
