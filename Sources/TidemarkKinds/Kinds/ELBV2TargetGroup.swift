import StrictJSON
import Tidemark

extension Kind {
    package static let elbv2TargetGroup = Kind(rawValue: "elbv2.target-group")
}

extension KindDefinition {
    /// A target group; its identity is the ARN, its title the name. Its targets are not part of it.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html>.
    static let elbv2TargetGroup = KindDefinition(
        .elbv2TargetGroup, decoder: 2, title: .attribute("TargetGroupName"),
        questions: [
            QuestionDefinition(
                "target-group", "elbv2", "DescribeTargetGroups", ["TargetGroupArns": ["${identity}"]],
                absent: ["TargetGroupNotFound"],
                facets: [description],
                leads: [.resources(.ec2VPC, at: "VpcId", of: description)])
        ],
        facts: [],
        isReplacedRoutinely: { _, group in ElasticBeanstalkNames.isOwn(group()?["TargetGroupName"]?.string) })

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "TargetGroups[]", selector: .identity(member: "TargetGroupArn"),
        redactions: [Redaction("HealthCheckPath") { _, _ in .path }])
}
