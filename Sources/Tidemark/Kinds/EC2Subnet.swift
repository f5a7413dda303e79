import StrictJSON

extension Kind {
    package static let ec2Subnet = Kind(rawValue: "ec2.subnet")
}

extension KindDefinition {
    /// A subnet, by its id.
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
        // Whatever starts or ends in the subnet takes an address or gives it back.
        volatile: ["AvailableIpAddressCount"],
        lists: ["Ipv6CidrBlockAssociationSet": .keyed(by: ["Ipv6CidrBlock"]), "Tags": .keyed(by: ["Key"])])
}

/// Whether what is in a subnet can be reached from the internet by a route: `public` or `private`.
///
/// Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html> (subnet types) and
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html> (which route table applies).
enum SubnetTier {
    /// Of what names a subnet and its VPC as EC2 does: `SubnetId`, `VpcId`.
    static func tier(ofSubnetIn description: JSON?, _ reader: inout FactReader) -> JSON? {
        guard let subnet = description?["SubnetId"]?.string, let vpc = description?["VpcId"]?.string else { return nil }
        return tier(of: subnet, in: vpc, &reader)
    }

    static func tier(of subnet: String, in vpc: String, _ reader: inout FactReader) -> JSON? {
        let tables = EC2RouteTables.tables(of: vpc, &reader)
        let own = tables.first { $0.associations.contains { $0["SubnetId"]?.string == subnet } }
        let main = tables.first { $0.associations.contains { $0["Main"] == true } }
        return (own ?? main).map { $0.elements("Routes").contains(where: isWayOut) ? "public" : "private" }
    }

    /// An active default route to an internet gateway.
    private static func isWayOut(_ route: JSON) -> Bool {
        let isDefault = route["DestinationCidrBlock"] == "0.0.0.0/0" || route["DestinationIpv6CidrBlock"] == "::/0"
        return isDefault && route["State"] == "active" && route["GatewayId"]?.string?.hasPrefix("igw-") == true
    }
}

extension JSON {
    /// The associations of a route table that are in force.
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTableAssociationState.html>.
    fileprivate var associations: [JSON] {
        let ended: Set<JSON> = ["disassociating", "disassociated", "failed"]
        return elements("Associations").filter { $0["AssociationState"]?["State"].map(ended.contains) != true }
    }
}
