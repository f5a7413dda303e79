import StrictJSON
import Tidemark

extension Kind {
    package static let ec2VPC = Kind(rawValue: "ec2.vpc")
}

extension KindDefinition {
    /// A virtual private cloud; its identity is the id.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html>.
    static let ec2VPC = KindDefinition(
        .ec2VPC, decoder: 1,
        questions: [
            QuestionDefinition(
                "vpc", "ec2", "DescribeVpcs", ["VpcIds": ["${identity}"]], absent: ["InvalidVpcID.NotFound"],
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "Vpcs[]", selector: .identity(member: "VpcId"),
                        lists: [
                            "CidrBlockAssociationSet": .keyed(by: ["CidrBlock"]),
                            "Ipv6CidrBlockAssociationSet": .keyed(by: ["Ipv6CidrBlock"]),
                            "Tags": .keyed(by: ["Key"]),
                        ])
                ],
                leads: [.members(.ec2RouteTable) { _ in [[:]] }])
        ],
        facts: [])
}
