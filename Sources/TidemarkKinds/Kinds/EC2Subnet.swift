import StrictJSON
import Tidemark

extension Kind {
    package static let ec2Subnet = Kind(rawValue: "ec2.subnet")
}

extension KindDefinition {
    /// A subnet; its identity is the id.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html>.
    static let ec2Subnet = KindDefinition(
        .ec2Subnet, decoder: 1,
        questions: [
            QuestionDefinition(
                "subnet", "ec2", "DescribeSubnets", ["SubnetIds": ["${identity}"]],
                absent: ["InvalidSubnetID.NotFound"],
                facets: [description],
                leads: [.resources(.ec2VPC, at: "VpcId", of: description)])
        ],
        facts: [
            FactDefinition(
                "subnet-tier", "'public' or 'private': whether it has a route to an internet gateway.",
                shape: .scalar, compute: { SubnetTier.tier(ofSubnetIn: $0.facet(Snapshot.description), &$0) })
        ])

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "Subnets[]", selector: .identity(member: "SubnetId"),
        // It changes with everything that starts or ends in the subnet.
        volatile: ["AvailableIpAddressCount"],
        lists: ["Ipv6CidrBlockAssociationSet": .keyed(by: ["Ipv6CidrBlock"]), "Tags": .keyed(by: ["Key"])])
}
