import StrictJSON

/// The tier of a subnet: `public` if it has a route to an internet gateway, else `private`.
///
/// Sources: <https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html> (subnet types) and
/// <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html> (which route table applies).
enum SubnetTier {
    /// The tier of the subnet that a description names by `SubnetId` and `VpcId`.
    static func tier(ofSubnetIn description: JSON?, _ reader: inout FactReader) -> JSON? {
        guard let subnet = description?["SubnetId"]?.string, let vpc = description?["VpcId"]?.string else { return nil }
        return tier(of: subnet, in: vpc, &reader)
    }

    static func tier(of subnet: String, in vpc: String, _ reader: inout FactReader) -> JSON? {
        let tables = EC2RouteTables.tables(of: vpc, &reader)
        let own = tables.first { $0.associations.contains { $0["SubnetId"]?.string == subnet } }
        let main = tables.first { $0.associations.contains { $0["Main"] == true } }
        return (own ?? main).map { $0.elements("Routes").contains(where: leadsToInternet) ? "public" : "private" }
    }

    /// Whether a route is an active default route to an internet gateway.
    private static func leadsToInternet(_ route: JSON) -> Bool {
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
