import StrictJSON

/// The traffic of a rule of a security group: a protocol, or all, and its ports.
///
/// ICMP has a type and a code in place of a port; they are counted as the port `type * 256 + code`. Any other protocol but
/// TCP and UDP has no ports: its rules are about all of them.
///
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>.
struct Traffic: Hashable, Sendable {
    /// The protocol by AWS's name, else its number; nil for all protocols.
    let protocolName: String?
    let ports: Range<Int>

    static let all = Traffic(nil, allPorts)
    static let allPorts = 0..<65536

    init(_ protocolName: String?, _ ports: Range<Int>) {
        self.protocolName = protocolName
        self.ports = ports
    }

    /// The traffic of an `IpPermission`.
    init(_ permission: JSON) {
        protocolName = Self.canonicalName(permission["IpProtocol"]?.string ?? "-1")
        ports = Self.ports(of: protocolName, from: permission.port("FromPort"), to: permission.port("ToPort"))
    }

    func contains(_ other: Traffic) -> Bool {
        (protocolName == nil || protocolName == other.protocolName) && ports.contains(other.ports)
    }

    /// The common part; nil if there is none.
    func intersection(_ other: Traffic) -> Traffic? {
        let isOneProtocol = protocolName == nil || other.protocolName == nil || protocolName == other.protocolName
        guard isOneProtocol, ports.overlaps(other.ports) else { return nil }
        return Traffic(protocolName ?? other.protocolName, ports.clamped(to: other.ports))
    }

    // MARK: Protocols

    /// The one name of a protocol; nil for all protocols.
    static func canonicalName(_ text: String) -> String? {
        let names = ["-1": nil, "all": nil, "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"]
        return names[text] ?? text.lowercased()
    }

    static func hasPorts(_ name: String?) -> Bool { name == "tcp" || name == "udp" }
    static func hasTypes(_ name: String?) -> Bool { name == "icmp" || name == "icmpv6" }

    /// The ports between `FromPort` and `ToPort`, which are a type and a code of ICMP; -1 means any.
    private static func ports(of name: String?, from: Int?, to: Int?) -> Range<Int> {
        guard let from, let to, from >= 0 else { return allPorts }
        if hasPorts(name) { return from <= to && to < 65536 ? from..<to + 1 : allPorts }
        guard hasTypes(name), from < 256, to < 256 else { return allPorts }
        return ports(ofType: from, code: to < 0 ? nil : to)
    }

    static func ports(ofType type: Int, code: Int?) -> Range<Int> {
        let first = type * 256 + (code ?? 0)
        return first..<first + (code == nil ? 256 : 1)
    }
}

extension Traffic {
    /// The same traffic in parts that have words: there are none for several types of ICMP, nor for some codes of a type.
    var parts: [Traffic] {
        guard Self.hasTypes(protocolName), ports != Self.allPorts else { return [self] }
        return (ports.lowerBound / 256...(ports.upperBound - 1) / 256).flatMap { type -> [Traffic] in
            let codes = ports.clamped(to: Self.ports(ofType: type, code: nil))
            return codes.count == 256
                ? [Traffic(protocolName, codes)] : codes.map { Traffic(protocolName, $0..<$0 + 1) }
        }
    }
}

extension JSON {
    fileprivate func port(_ member: String) -> Int? { self[member]?.integer.flatMap { Int(exactly: $0) } }
}
