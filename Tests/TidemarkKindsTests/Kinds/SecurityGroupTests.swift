import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct SecurityGroupTests {
    private let group = ResourceID(.ec2SecurityGroup, "sg-0a")

    private func lines(_ fact: String, _ permission: JSON, _ others: [(FacetID, JSON)] = []) throws -> JSON? {
        let list = fact == "ingress" ? "IpPermissions" : "IpPermissionsEgress"
        let subject = Stack.group("sg-0a", "antenna-rds", [list: [permission]])
        let facets = Dictionary(uniqueKeysWithValues: [subject] + others)
        return try SnapshotView.of(facets).seen(fact, of: group)
    }

    private static func permission(_ proto: String, _ from: JSON? = nil, _ to: JSON? = nil) -> JSON {
        var members: JSONObject = ["IpProtocol": .string(proto), "IpRanges": [["CidrIp": "10.0.0.0/8"]]]
        members["FromPort"] = from
        members["ToPort"] = to
        return .object(members)
    }

    @Test(arguments: [
        (permission("tcp", 5432, 5432), "tcp 5432 from 10.0.0.0/8"),
        (permission("udp", 8000, 8100), "udp 8000-8100 from 10.0.0.0/8"), (permission("-1"), "all from 10.0.0.0/8"),
        (permission("-1", -1, -1), "all from 10.0.0.0/8"),
        (permission("tcp", 0, 65535), "tcp all ports from 10.0.0.0/8"),
        (permission("tcp", 0, 0), "tcp 0 from 10.0.0.0/8"), (permission("icmp", -1, -1), "icmp from 10.0.0.0/8"),
        (permission("icmp", 8, -1), "icmp type 8 from 10.0.0.0/8"),
        (permission("icmp", 3, 4), "icmp type 3 code 4 from 10.0.0.0/8"),
        (permission("icmpv6", 128, 0), "icmpv6 type 128 code 0 from 10.0.0.0/8"),
        (permission("50"), "50 from 10.0.0.0/8"),
    ])
    func `traffic is worded by protocol and ports`(permission: JSON, line: String) throws {
        #expect(try lines("ingress", permission) == [.string(line)])
    }

    @Test(
        arguments: [
            (["Ipv6Ranges": [["CidrIpv6": "::/0"]]], "::/0"), (["PrefixListIds": [["PrefixListId": "pl-1"]]], "pl-1"),
            (["UserIdGroupPairs": [["UserId": "123456789012", "GroupId": "sg-0b"]]], "ec2.security-group/awseb-e-1"),
            (["UserIdGroupPairs": [["GroupId": "sg-0b"]]], "ec2.security-group/awseb-e-1"),
            (["UserIdGroupPairs": [["UserId": "999999999999", "GroupId": "sg-0b"]]], "999999999999/sg-0b"),
            (["UserIdGroupPairs": [["UserId": "123456789012", "GroupId": "sg-9"]]], "ec2.security-group/sg-9"),
            (["UserIdGroupPairs": [["UserId": "123456789012", "GroupId": "sg-0a"]]], "ec2.security-group/antenna-rds"),
        ] as [(JSONObject, String)])
    func `a peer is named as people know it`(peers: JSONObject, name: String) throws {
        var permission: JSONObject = ["IpProtocol": "tcp", "FromPort": 80, "ToPort": 80]
        for (key, value) in peers.members { permission[key] = value }

        #expect(
            try lines("ingress", .object(permission), [Stack.group("sg-0b", "awseb-e-1")]) == [
                .string("tcp 80 from \(name)")
            ])
    }

    @Test func `a title of two groups identifies neither`() throws {
        let permission: JSON = [
            "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [["GroupId": "sg-0b"]],
        ]
        let namesakes = [Stack.group("sg-0b", "web"), Stack.group("sg-0c", "web")]
        #expect(try lines("ingress", permission, namesakes) == ["tcp 80 from ec2.security-group/sg-0b"])
    }

    @Test func `each peer has a line, and the lines are sorted`() throws {
        let permission: JSON = [
            "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
            "IpRanges": [["CidrIp": "9.0.0.0/8"], ["CidrIp": "10.0.0.0/8"]],
            "PrefixListIds": [["PrefixListId": "pl-1"]],
        ]
        #expect(
            try lines("egress", permission) == ["tcp 443 to 10.0.0.0/8", "tcp 443 to 9.0.0.0/8", "tcp 443 to pl-1"])
    }

    @Test func `a group without rules lets nothing in, which is a value`() throws {
        let snapshot = try SnapshotView.of(Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x")]))
        #expect(snapshot.seen("ingress", of: group) == [])
    }

    @Test func `rules that cannot be seen are unseen`() throws {
        let facets = Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x")])
        let snapshot = try SnapshotView.of(
            facets, gaps: [.denied("ec2", "DescribeSecurityGroups", facets: [group.described])])
        #expect(snapshot.isUnseen("ingress", of: group))
    }

    @Test func `rules that name a group that cannot be seen are unseen`() throws {
        let peer = ResourceID(.ec2SecurityGroup, "sg-0b").described
        let permission: JSON = [
            "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "UserIdGroupPairs": [["GroupId": "sg-0b"]],
        ]
        let facets = Dictionary(uniqueKeysWithValues: [
            Stack.group("sg-0a", "x", ["IpPermissions": [permission]]), Stack.group("sg-0b", "y"),
        ])
        let snapshot = try SnapshotView.of(facets, gaps: [.denied("ec2", "DescribeSecurityGroups", facets: [peer])])

        #expect(snapshot.isUnseen("ingress", of: group))
        #expect(snapshot.seen("egress", of: group) == [])
    }

    @Test func `a rule is addressed by protocol and ports`() throws {
        let permission = Self.permission("tcp", 5432, 5432)
        let snapshot = try SnapshotView.of(
            Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x", ["IpPermissions": [permission]])]))
        #expect(snapshot.seen("IpPermissions[tcp/5432/5432].IpRanges[10.0.0.0/8].CidrIp", of: group) == "10.0.0.0/8")
        #expect(snapshot.seen("IpPermissions[tcp/80/80]", of: group) == nil)
    }
}
