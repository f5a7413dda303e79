import StrictJSON
import Tidemark

extension Kind {
    package static let elbv2LoadBalancer = Kind(rawValue: "elbv2.load-balancer")
}

extension KindDefinition {
    /// An Application, Network or Gateway Load Balancer; its identity is the ARN, its title the name.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html>.
    static let elbv2LoadBalancer = KindDefinition(
        .elbv2LoadBalancer, decoder: 1, title: .attribute("LoadBalancerName"),
        questions: [
            QuestionDefinition(
                "load-balancer", "elbv2", "DescribeLoadBalancers", ["LoadBalancerArns": ["${identity}"]],
                absent: ["LoadBalancerNotFound"],
                facets: [description],
                leads: [
                    .resources(.ec2SecurityGroup, at: "SecurityGroups[]", of: description),
                    .resources(.ec2Subnet, at: "AvailabilityZones[].SubnetId", of: description),
                    .resources(.ec2VPC, at: "VpcId", of: description),
                    .members(.elbv2Listener) { _ in [[:]] },
                ])
        ],
        facts: [],
        isReplacedRoutinely: { _, balancer in ElasticBeanstalkNames.isOwn(balancer()?["LoadBalancerName"]?.string) })

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "LoadBalancers[]", selector: .identity(member: "LoadBalancerArn"),
        volatile: ["State"],
        readings: ["State.Code"],
        lists: ["AvailabilityZones": .keyed(by: ["ZoneName"])])
}
