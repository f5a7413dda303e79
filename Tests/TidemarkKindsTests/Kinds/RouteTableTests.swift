import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct RouteTableTests {
    private let table = ResourceID(.ec2RouteTable, "vpc-1/rtb-1")

    @Test(
        arguments: [
            (["GatewayId": "local"], "local"), (["GatewayId": "igw-1"], "internet gateway igw-1"),
            (["GatewayId": "vgw-1"], "virtual private gateway vgw-1"), (["GatewayId": "vpce-1"], "endpoint vpce-1"),
            (["GatewayId": "strange-1"], "strange-1"), (["NatGatewayId": "nat-1"], "NAT gateway nat-1"),
            (["TransitGatewayId": "tgw-1"], "transit gateway tgw-1"),
            (["VpcPeeringConnectionId": "pcx-1"], "peering connection pcx-1"),
            (["EgressOnlyInternetGatewayId": "eigw-1"], "egress-only internet gateway eigw-1"),
            (["InstanceId": "i-1", "NetworkInterfaceId": "eni-1"], "instance i-1"),
            (["NetworkInterfaceId": "eni-1"], "network interface eni-1"), ([:], "nothing"),
            (["NatGatewayId": "nat-1", "State": "blackhole"], "NAT gateway nat-1 (blackhole)"),
            (
                ["GatewayId": "vgw-1", "State": "active", "Origin": "EnableVgwRoutePropagation"],
                "virtual private gateway vgw-1 (propagated)"
            ),
        ] as [(JSONObject, String)])
    func `a route can be read aloud`(members: JSONObject, line: String) throws {
        var route = members
        route["DestinationCidrBlock"] = "0.0.0.0/0"
        let snapshot = try SnapshotView.of([table.described: ["Routes": [.object(route)]]])
        #expect(snapshot.seen("routes", of: table) == [.string("0.0.0.0/0 to \(line)")])
    }

    @Test func `whatever the destination is, a route has a line and an address`() throws {
        let routes: JSON = [
            ["DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"],
            ["DestinationIpv6CidrBlock": "::/0", "GatewayId": "igw-1"],
            ["DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"],
        ]
        let snapshot = try SnapshotView.of([table.described: ["Routes": routes]])
        #expect(
            snapshot.seen("routes", of: table) == [
                "10.0.0.0/16 to local", "::/0 to internet gateway igw-1", "pl-1 to endpoint vpce-1",
            ])
        #expect(snapshot.seen("Routes[pl-1].GatewayId", of: table) == "vpce-1")
        #expect(snapshot.seen("Routes[::/0].GatewayId", of: table) == "igw-1")
    }

    @Test func `its title is its own id`() throws {
        let snapshot = try SnapshotView.of([table.described: [:]])
        #expect(snapshot.label(of: table) == "ec2.route-table/rtb-1")
    }

    // MARK: Listing

    private func members(_ tables: JSON) throws -> [String]? {
        let members = try #require(KindDefinition.ec2RouteTable.members)
        return try members.find(Stack.answer(["RouteTables": tables], about: "vpc-1"))?.map(\.identity)
    }

    @Test func `the tables of a VPC are not those of another whose id begins the same`() throws {
        let members = try #require(KindDefinition.ec2RouteTable.members)
        let scope = MemberScope(.ec2RouteTable, prefix: members.prefix("vpc-1"))
        #expect(scope.contains(table))
        #expect(!scope.contains(ResourceID(.ec2RouteTable, "vpc-12/rtb-1")))
        #expect(members.owner("vpc-1/rtb-1") == ResourceID(.ec2VPC, "vpc-1"))
        #expect(members.owner("rtb-1") == nil)
    }

    @Test func `a list without the main table is not whole`() throws {
        let main: JSON = ["RouteTableId": "rtb-1", "Associations": [["Main": true]]]
        let own: JSON = ["RouteTableId": "rtb-2", "Associations": [["Main": false, "SubnetId": "subnet-1"]]]
        #expect(try members([own, main]) == ["vpc-1/rtb-2", "vpc-1/rtb-1"])
        #expect(try members([own]) == nil)
        #expect(try members([]) == nil)
    }
}
