import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct SubnetTests {
    private let subnet = ResourceID(.ec2Subnet, "subnet-1")
    private let description: JSON = ["SubnetId": "subnet-1", "VpcId": "vpc-1"]

    static let wayOut: JSON = ["DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"]
    static let local: JSON = ["DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"]
    static let main: JSON = ["Main": true, "AssociationState": ["State": "associated"]]

    /// A route table of a VPC.
    static func table(_ identity: String, _ associations: [JSON], _ routes: [JSON]) -> (FacetID, JSON) {
        (
            ResourceID(.ec2RouteTable, identity).described,
            ["Associations": .array(associations), "Routes": .array(routes)]
        )
    }

    private func own(_ subnet: JSON, state: JSON = "associated") -> JSON {
        ["Main": false, "SubnetId": subnet, "AssociationState": ["State": state]]
    }

    private func snapshot(_ tables: (FacetID, JSON)..., gaps: [Gap] = []) throws -> SnapshotView {
        try SnapshotView.of(
            Dictionary(uniqueKeysWithValues: tables + [(subnet.described, description)]), gaps: gaps)
    }

    // MARK: Public or private

    @Test(
        arguments: [
            (wayOut, "public"),
            (["DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1", "State": "active"], "public"),
            (["DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "blackhole"], "private"),
            (["DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"], "private"),
            (["DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vgw-1", "State": "active"], "private"),
            (
                ["DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1", "State": "active"],
                "private"
            ),
            (["DestinationCidrBlock": "198.51.100.0/24", "GatewayId": "igw-1", "State": "active"], "private"),
            (local, "private"),
        ] as [(JSON, JSON)])
    func `a subnet is public by its default route`(route: JSON, tier: JSON) throws {
        let snapshot = try snapshot(Self.table("vpc-1/rtb-1", [Self.main], [Self.local, route]))
        #expect(snapshot.seen("subnet-tier", of: subnet) == tier)
    }

    @Test func `a subnet's own table wins over the main one`() throws {
        let main = Self.table("vpc-1/rtb-1", [Self.main], [Self.wayOut])
        let mine = Self.table("vpc-1/rtb-2", [own("subnet-1")], [Self.local])
        let anothers = Self.table("vpc-1/rtb-3", [own("subnet-12")], [Self.local])
        #expect(try snapshot(main, mine).seen("subnet-tier", of: subnet) == "private")
        #expect(try snapshot(main, anothers).seen("subnet-tier", of: subnet) == "public")
    }

    @Test(arguments: ["disassociating", "disassociated", "failed"] as [JSON])
    func `an association that ended does not count`(state: JSON) throws {
        let main = Self.table("vpc-1/rtb-1", [Self.main], [Self.wayOut])
        let left = Self.table("vpc-1/rtb-2", [own("subnet-1", state: state)], [Self.local])
        #expect(try snapshot(main, left).seen("subnet-tier", of: subnet) == "public")
    }

    @Test func `the tables of another VPC say nothing`() throws {
        let mine = Self.table("vpc-1/rtb-1", [Self.main], [Self.local])
        let elsewhere = Self.table("vpc-12/rtb-2", [Self.main], [Self.wayOut])
        #expect(try snapshot(mine, elsewhere).seen("subnet-tier", of: subnet) == "private")
    }

    // MARK: Unseen

    private func denied(_ vpc: String) -> Gap {
        Gap(
            question: Question(service: "ec2", operation: "DescribeRouteTables", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ec2RouteTable, prefix: "\(vpc)/")],
            kinds: [.ec2RouteTable])
    }

    @Test func `the tier is unseen if the tables could not be listed, and another VPC's is not`() throws {
        let table = Self.table("vpc-1/rtb-1", [Self.main], [Self.wayOut])
        #expect(try snapshot(table, gaps: [denied("vpc-1")]).isUnseen("subnet-tier", of: subnet))
        #expect(try snapshot(table, gaps: [denied("vpc-12")]).seen("subnet-tier", of: subnet) == "public")
    }

    @Test func `the tier is unseen if the VPC was not reached; a listed one has its tables`() throws {
        let gap = Gap.denied("ec2", "DescribeInstances", kinds: [.ec2VPC, .ec2RouteTable])
        let table = Self.table("vpc-1/rtb-1", [Self.main], [Self.wayOut])
        #expect(try snapshot(gaps: [gap]).isUnseen("subnet-tier", of: subnet))
        #expect(try snapshot(table, gaps: [gap]).seen("subnet-tier", of: subnet) == "public")
    }

    // MARK: Normalisation

    @Test func `addresses that are taken and given back change nothing`() throws {
        let facet = try #require(KindDefinition.ec2Subnet.facet("description"))
        let content: JSON = ["SubnetId": "subnet-1", "AvailableIpAddressCount": 4090, "Tags": []]
        #expect(facet.read(content, names: PropertyNames()).content == ["SubnetId": "subnet-1"])
    }
}
