import StrictJSON
import Testing
import Tidemark
import TidemarkTestSupport

@testable import TidemarkKinds

struct InternetGatewayTests {
    private let kind = KindDefinition.ec2InternetGateway
    private let gateway = ResourceID(.ec2InternetGateway, "igw-1")

    @Test func `a VPC's routes lead to its internet gateways`() throws {
        let tables: JSON = [
            ["Routes": [["GatewayId": "local"], ["GatewayId": "igw-1"]]],
            ["Routes": [["GatewayId": "vgw-1"], ["NatGatewayId": "nat-1"], ["GatewayId": "igw-2"]]],
        ]
        let answer = Stack.answer(["RouteTables": tables], about: "vpc-1")
        let found = try KindDefinition.ec2RouteTable.identities(of: kind.kind, beyond: "route-tables", answer)
        #expect(found == ["igw-1", "igw-2"])
    }

    @Test func `a gateway is found by its id`() throws {
        let facet = try #require(kind.facet(Snapshot.description))
        let answer = Stack.answer(
            ["InternetGateways": [["InternetGatewayId": "igw-2"], ["InternetGatewayId": "igw-1", "OwnerId": "1"]]],
            about: "igw-1")
        #expect(facet.content(in: answer)?["OwnerId"] == "1")
    }

    @Test(
        arguments: [
            ([["VpcId": "vpc-1", "State": "available"]], "vpc-1"), ([["VpcId": "vpc-1", "State": "detaching"]], nil),
            ([], nil),
        ] as [(JSON, JSON?)])
    func `the VPC to which it is attached is a fact`(attachments: JSON, vpc: JSON?) throws {
        let snapshot = try SnapshotView.of([gateway.described: ["Attachments": attachments]])
        #expect(snapshot.seen("attached-to", of: gateway) == vpc)
    }
}
