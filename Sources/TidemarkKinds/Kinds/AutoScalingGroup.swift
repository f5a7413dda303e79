import StrictJSON
import Tidemark

extension Kind {
    package static let autoScalingGroup = Kind(rawValue: "autoscaling.auto-scaling-group")
}

extension KindDefinition {
    /// An Auto Scaling group; its identity is the name. Its instances are resources of their own.
    ///
    /// Source: <https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AutoScalingGroup.html>.
    static let autoScalingGroup = KindDefinition(
        .autoScalingGroup, decoder: 1, incarnation: "AutoScalingGroupARN",
        questions: [
            QuestionDefinition(
                "group", "autoscaling", "DescribeAutoScalingGroups", ["AutoScalingGroupNames": ["${identity}"]],
                // The permission cannot be limited to some groups, so an answer is always complete.
                // Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html>.
                omitsAbsent: true,
                facets: [description],
                leads: [
                    .resources(.ec2Subnet) { answer in
                        answer.content(of: description).map { $0["VPCZoneIdentifier"]?.string?.namesInList ?? [] }
                    },
                    .resources(.elbv2TargetGroup, at: "TargetGroupARNs[]", of: description),
                ])
        ],
        facts: [],
        isReplacedRoutinely: { name, _ in ElasticBeanstalkNames.isOwn(name) })

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "AutoScalingGroups[]", selector: .identity(member: "AutoScalingGroupName"),
        // Scaling and replacing instances change these.
        volatile: ["DesiredCapacity", "PredictedCapacity", "WarmPoolSize", "Instances", "Status"],
        readings: ["DesiredCapacity", "Status"],
        lists: [
            "EnabledMetrics": .keyed(by: ["Metric"]), "SuspendedProcesses": .keyed(by: ["ProcessName"]),
            "Tags": .keyed(by: ["Key"]), "TrafficSources": .keyed(by: ["Identifier"]), "TerminationPolicies": .ordered,
            "MixedInstancesPolicy.LaunchTemplate.Overrides": .ordered,
        ])
}
