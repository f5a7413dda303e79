import StrictJSON
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

/// A random security group, and whether packets from the whole internet pass it. It reads blocks as the first bits of
/// addresses, and rules one packet at a time.
struct RuleInterpreter {
    /// A packet to the group: its protocol's number; its port, or its type and code.
    struct Packet {
        let number: Int
        let first: Int
        var code = 0

        private var name: String { [1: "icmp", 6: "tcp", 17: "udp"][number] ?? "\(number)" }

        /// The packet in the words of a rule.
        var text: String {
            switch number {
            case 1: "icmp type \(first) code \(code)"
            case 6, 17: "\(name) \(first)"
            default: name
            }
        }

        /// Whether a line of `open-to-world` is about the packet.
        func isOn(_ line: String) -> Bool {
            let words = line.split(separator: " ").map(String.init)
            if words == ["all"] { return true }
            guard words[0] == name else { return false }
            switch words.count {
            case 2:
                let bounds = words[1].split(separator: "-").compactMap { Int($0) }
                return (bounds[0]...bounds[bounds.count - 1]).contains(first)
            case 3: return words[1] == "all" || words[2] == "\(first)"
            case 5: return words[2] == "\(first)" && words[4] == "\(code)"
            default: return true
            }
        }
    }

    static let packets =
        [6, 17].flatMap { number in ([65535] + Array(0..<8)).map { Packet(number: number, first: $0) } }
        + (0..<3).flatMap { type in [0, 1, 255].map { Packet(number: 1, first: type, code: $0) } }
        + [Packet(number: 50, first: 0), Packet(number: 47, first: 0)]

    private static let bits = [
        "0.0.0.0/0": "4:", "0.0.0.0/1": "4:0", "128.0.0.0/1": "4:1", "0.0.0.0/2": "4:00", "64.0.0.0/2": "4:01",
        "128.0.0.0/2": "4:10", "192.0.0.0/2": "4:11", "10.0.0.0/8": "4:00001010", "::/0": "6:", "::/1": "6:0",
        "8000::/1": "6:1", "2000::/3": "6:001", "2000::/4": "6:0010", "3000::/4": "6:0011",
    ]
    /// A public address, by its first bits, of each of the smallest blocks above.
    private static let internet = [
        ["4:00000001", "4:01100100", "4:10010110", "4:11001000"], ["6:0010011", "6:0011000"],
    ]

    private struct Rule {
        var protocolName: String
        var ports: (from: Int, to: Int)?
        var blocks: [String]
        var prefixList: String?

        func admits(_ packet: Packet) -> Bool {
            guard protocolName != "-1" else { return true }
            let number = ["tcp": 6, "udp": 17, "icmp": 1][protocolName] ?? Int(protocolName)
            guard number == packet.number else { return false }
            guard let ports, packet.number != 50 else { return true }
            if packet.number == 1 {
                return [-1, packet.first].contains(ports.from) && [-1, packet.code].contains(ports.to)
            }
            return (ports.from...ports.to).contains(packet.first)
        }
    }

    private var rules: [Rule] = []

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let blocks = Self.bits.keys.sorted()
        for index in 0..<Int.random(in: 1...9, using: &random) {
            let name = ["tcp", "tcp", "6", "udp", "icmp", "50", "-1"].randomElement(using: &random) ?? "tcp"
            let from = Int.random(in: name == "icmp" ? -1...2 : 0...7, using: &random)
            let ports: (Int, Int)? =
                switch name {
                case "-1", "50": nil
                case "icmp": (from, from == -1 ? -1 : Int.random(in: -1...1, using: &random))
                default:
                    (
                        from,
                        Int.random(in: 0...4, using: &random) == 0 ? 65535 : Int.random(in: from...7, using: &random)
                    )
                }
            let count = Int.random(in: 0...4, using: &random)
            rules.append(
                Rule(
                    protocolName: name, ports: ports,
                    blocks: (0..<count).compactMap { _ in blocks.randomElement(using: &random) },
                    prefixList: Bool.random(using: &random) ? "pl-\(index)" : nil))
        }
    }

    func isOpen(_ packet: Packet) -> Bool {
        Self.internet.contains { addresses in
            addresses.allSatisfy { address in
                rules.contains { rule in
                    rule.admits(packet) && rule.blocks.contains { address.hasPrefix(Self.bits[$0] ?? "no") }
                }
            }
        }
    }

    /// The group, with its prefix lists.
    func snapshot() throws -> SnapshotView {
        let permissions = rules.map { Self.permission($0.protocolName, $0.ports, $0.blocks, prefixList: $0.prefixList) }
        let lists = rules.compactMap { rule in
            rule.prefixList.map { list -> (FacetID, JSON) in
                let entries = rule.blocks.map { block -> JSON in ["Cidr": .string(block)] }
                return (FacetID(ResourceID(.ec2PrefixList, list), "Entries"), .array(entries))
            }
        }
        let group = Stack.group("sg-0a", "x", ["IpPermissions": .array(permissions)])
        return try SnapshotView.of(Dictionary(uniqueKeysWithValues: [group] + lists))
    }

    /// A permission for blocks, or for the prefix list that has them, and for another group.
    static func permission(
        _ protocolName: String, _ ports: (from: Int, to: Int)?, _ blocks: [String], prefixList: String? = nil
    ) -> JSON {
        let (named6, named4) = (blocks.filter { $0.contains(":") }, blocks.filter { !$0.contains(":") })
        var members: JSONObject = ["IpProtocol": .string(protocolName), "UserIdGroupPairs": [["GroupId": "sg-0b"]]]
        if let ports { (members["FromPort"], members["ToPort"]) = (JSON(ports.from), JSON(ports.to)) }
        if let prefixList {
            members["PrefixListIds"] = [["PrefixListId": .string(prefixList)]]
        } else {
            members["IpRanges"] = .array(named4.map { ["CidrIp": .string($0)] })
            members["Ipv6Ranges"] = .array(named6.map { ["CidrIpv6": .string($0)] })
        }
        return .object(members)
    }
}
