import StrictJSON

/// The keys that tie alarms to the resources of an environment.
///
/// A dimension of an alarm's metric is a key, and so is a name that Elastic Beanstalk derived from the environment's.
enum AlarmLinks {
    static func keys(of alarm: MembersDefinition.Member) -> Set<LinkKey> {
        let dimensions = alarm.content.watchedMetrics.flatMap { $0.elements("Dimensions") }.compactMap { dimension in
            dimension["Name"]?.string.flatMap { name in dimension["Value"]?.string.map { LinkKey(name, $0) } }
        }
        let names = [alarm.identity] + dimensions.map(\.value)
        return Set(dimensions + names.flatMap(ElasticBeanstalkNames.linkKeys))
    }

    /// The keys of an environment's resources, from the answer to `DescribeEnvironmentResources`.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html>.
    static func keys(ofEnvironmentResources resources: JSON) -> Set<LinkKey> {
        func keys(_ list: String, _ member: String, _ dimension: String) -> [LinkKey] {
            resources.elements(list).compactMap { $0[member]?.string }.map { LinkKey(dimension, $0) }
        }
        // A Classic Load Balancer is listed by its name, the others by their ARNs, which end in the dimension's value.
        let balancers = resources.elements("LoadBalancers").compactMap { $0["Name"]?.string }.map { name in
            name.split(separator: ":loadbalancer/").dropFirst().first.map { LinkKey("LoadBalancer", String($0)) }
                ?? LinkKey("LoadBalancerName", name)
        }
        return Set(
            balancers + keys("AutoScalingGroups", "Name", "AutoScalingGroupName")
                + keys("Instances", "Id", "InstanceId"))
    }
}

extension JSON {
    /// An alarm's one metric, or those of its expressions.
    var watchedMetrics: [JSON] {
        (self["MetricName"] == nil ? [] : [self])
            + elements("Metrics").compactMap { $0["MetricStat"]?["Metric"] }
    }
}
