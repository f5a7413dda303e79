import StrictJSON
import Tidemark

extension Kind {
    package static let ec2RouteTable = Kind(rawValue: "ec2.route-table")
}

extension KindDefinition {
    /// A route table of a VPC; its identity is the VPC's id and its own: `vpc-…/rtb-…`. Its title is its own id.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html>.
    static let ec2RouteTable = KindDefinition(
        .ec2RouteTable, decoder: 1, title: .part { EC2RouteTables.parts(of: $0)?.table },
        questions: [
            QuestionDefinition(
                "route-tables", "ec2", "DescribeRouteTables",
                ["Filters": [["Name": "vpc-id", "Values": ["${identity}"]]]],
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "RouteTables[]",
                        lists: [
                            "Associations": .keyed(by: ["RouteTableAssociationId"]),
                            "Routes": .keyed(by: [
                                "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId",
                            ]),
                            "PropagatingVgws": .keyed(by: ["GatewayId"]), "Tags": .keyed(by: ["Key"]),
                        ])
                ],
                members: MembersDefinition(
                    prefix: EC2RouteTables.prefix(ofVPC:),
                    owner: { EC2RouteTables.parts(of: $0).map { ResourceID(.ec2VPC, $0.vpc) } },
                    find: tables),
                leads: [.resources(.ec2InternetGateway, internetGateways)])
        ],
        facts: [
            FactDefinition(
                "routes", "Where traffic goes, a route a line: '0.0.0.0/0 to internet gateway igw-…'; from Routes.",
                shape: .list, summarizing: "Routes",
                compute: { reader in
                    reader.facet(Snapshot.description).map { table in
                        JSON(table.elements("Routes").map(RouteLine.line).sorted { $0.precedesByUTF8($1) })
                    }
                })
        ])

    /// A VPC always has a main route table, so a list without one is incomplete.
    private static func tables(_ answer: Answer) -> [MembersDefinition.Member]? {
        let tables = answer.value.elements("RouteTables")
        guard tables.contains(where: { $0.elements("Associations").contains { $0["Main"] == true } }) else {
            return nil
        }
        return tables.compactMap { table in
            table["RouteTableId"]?.string.map {
                MembersDefinition.Member(EC2RouteTables.prefix(ofVPC: answer.identity) + $0, table)
            }
        }
    }

    private static func internetGateways(_ answer: Answer) -> [String] {
        answer.value.elements("RouteTables").flatMap { $0.elements("Routes") }
            .compactMap { $0["GatewayId"]?.string }.filter { $0.hasPrefix("igw-") }
    }
}

/// A route in words: `0.0.0.0/0 to internet gateway igw-…`, `172.31.0.0/16 to local`.
///
/// Source of the members: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html>.
private enum RouteLine {
    static func line(_ route: JSON) -> String {
        let destination = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"]
            .lazy.compactMap { route[$0]?.string }.first
        let state = route["State"]?.string.flatMap { $0 == "active" ? nil : $0 }
        let origin = route["Origin"] == "EnableVgwRoutePropagation" ? "propagated" : nil
        let notes = [state, origin].compactMap(\.self)
        return "\(destination ?? "?") to \(target(of: route))"
            + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
    }

    /// The order matters: a route to an instance also names its network interface.
    private static let targets = [
        ("NatGatewayId", "NAT gateway"), ("TransitGatewayId", "transit gateway"),
        ("VpcPeeringConnectionId", "peering connection"),
        ("EgressOnlyInternetGatewayId", "egress-only internet gateway"), ("InstanceId", "instance"),
        ("NetworkInterfaceId", "network interface"), ("LocalGatewayId", "local gateway"),
        ("CarrierGatewayId", "carrier gateway"), ("CoreNetworkArn", "core network"), ("OdbNetworkArn", "ODB network"),
        ("IpAddress", "address"),
    ]

    private static let gateways = [
        ("igw-", "internet gateway"), ("vgw-", "virtual private gateway"), ("vpce-", "endpoint"),
    ]

    private static func target(of route: JSON) -> String {
        if let gateway = route["GatewayId"]?.string {
            let noun = gateways.first { gateway.hasPrefix($0.0) }?.1
            return noun.map { "\($0) \(gateway)" } ?? gateway
        }
        return targets.lazy.compactMap { member, noun in route[member]?.string.map { "\(noun) \($0)" } }.first
            ?? "nothing"
    }
}
