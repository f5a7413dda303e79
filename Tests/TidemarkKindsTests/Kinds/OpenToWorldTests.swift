import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct OpenToWorldTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `a random group is open exactly where an interpreter of its rules lets every packet in`(seed: UInt64) throws {
        let interpreter = RuleInterpreter(seed: seed)
        let snapshot = try interpreter.snapshot()
        let lines = try #require(snapshot.seen("open-to-world", of: Stack.group)?.array).compactMap(\.string)
        let ingress = try #require(KindDefinition.ec2SecurityGroup.fact("ingress"))

        for packet in RuleInterpreter.packets {
            let isOpen = interpreter.isOpen(packet)
            #expect(lines.contains { packet.isOn($0) } == isOpen, "\(packet) in \(lines) of \(interpreter)")
            let rule = "\(packet.text) from 0.0.0.0/0"
            let found = snapshot.lines(of: ingress, of: Stack.group, containing: [rule])
            guard case .seen(let containing)? = found else {
                Issue.record("\(rule) in \(interpreter)")
                continue
            }
            #expect(containing.isEmpty != isOpen, "\(rule) in \(interpreter)")
        }
    }

    @Test(
        arguments: [
            (["0.0.0.0/0"], ["tcp 22"]), (["::/0"], ["tcp 22"]), (["0.0.0.0/1", "128.0.0.0/1"], ["tcp 22"]),
            (["0.0.0.0/1"], []), (["10.0.0.0/8", "192.168.0.0/16"], []), (["2000::/3"], ["tcp 22"]), ([], []),
            // The whole internet, without the private addresses from 10.0.0.0 on.
            (
                [
                    "0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2",
                    "128.0.0.0/1",
                ], ["tcp 22"]
            ),
        ] as [([String], JSON)])
    func `the internet is every public address of one version`(blocks: [String], lines: JSON) throws {
        let permission = RuleInterpreter.permission("tcp", (22, 22), blocks)
        let snapshot = try SnapshotView.of(
            Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x", ["IpPermissions": [permission]])]))
        #expect(snapshot.seen("open-to-world", of: Stack.group) == lines)
    }

    @Test func `ports that are open next to each other are one range, and everything is 'all'`() throws {
        func lines(_ permissions: JSON...) throws -> JSON? {
            try SnapshotView.of(
                Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x", ["IpPermissions": .array(permissions)])])
            ).seen("open-to-world", of: Stack.group)
        }
        func open(_ protocolName: String, _ ports: (Int, Int)?) -> JSON {
            RuleInterpreter.permission(protocolName, ports, ["0.0.0.0/0"])
        }
        #expect(
            try lines(open("tcp", (5433, 6000)), open("tcp", (443, 443)), open("6", (5000, 5432)))
                == ["tcp 443", "tcp 5000-6000"])
        #expect(
            try lines(open("udp", (0, 65535)), open("icmp", (3, 4)), open("icmp", (8, -1)), open("50", nil))
                == ["50", "icmp type 3 code 4", "icmp type 8", "udp all ports"])
        #expect(try lines(open("-1", nil), open("tcp", (22, 22))) == ["all"])
    }

    // MARK: Prefix lists

    private static let list = ResourceID(.ec2PrefixList, "pl-1")

    /// A group that admits a prefix list.
    private func snapshot(
        _ entries: JSON?, gaps: [Gap] = [], beside others: JSON...
    ) throws -> SnapshotView {
        let permission = RuleInterpreter.permission("tcp", (22, 22), [], prefixList: "pl-1")
        var facets = Dictionary(
            uniqueKeysWithValues: [Stack.group("sg-0a", "x", ["IpPermissions": .array([permission] + others)])])
        facets[FacetID(Self.list, "Entries")] = entries
        return try SnapshotView.of(facets, gaps: gaps)
    }

    @Test(
        arguments: [
            ([["Cidr": "0.0.0.0/1"], ["Cidr": "128.0.0.0/1"]], ["tcp 22"]), ([["Cidr": "10.0.0.0/8"]], []), ([], []),
        ] as [(JSON, JSON)])
    func `a prefix list is its entries`(entries: JSON, lines: JSON) throws {
        #expect(try snapshot(entries).seen("open-to-world", of: Stack.group) == lines)
    }

    @Test func `where the entries are unseen, what may be open is unseen`() throws {
        let gap = Gap.denied("ec2", "GetManagedPrefixListEntries", facets: [FacetID(Self.list, "Entries")])
        #expect(try snapshot(nil, gaps: [gap]).isUnseen("open-to-world", of: Stack.group))
        #expect(try snapshot([["Cidr": "10.0.0.0/8"]], gaps: [gap]).isUnseen("open-to-world", of: Stack.group))
        // Nothing led to it, as in a snapshot of a version that did not read prefix lists.
        #expect(try snapshot(nil).isUnseen("open-to-world", of: Stack.group))
        let open = RuleInterpreter.permission("tcp", (0, 100), ["0.0.0.0/0"])
        #expect(try snapshot(nil, gaps: [gap], beside: open).seen("open-to-world", of: Stack.group) == ["tcp 0-100"])
        #expect(try snapshot(nil, gaps: [gap]).seen("ingress", of: Stack.group)?.array?.last == "tcp 22 from pl-1")
    }
}
