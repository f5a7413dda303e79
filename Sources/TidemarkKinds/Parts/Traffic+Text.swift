/// The words for traffic: `tcp 5432`, `udp 8000-8100`, `icmp type 3 code 4`, `tcp all ports`, `50`, `all`.
extension Traffic: CustomStringConvertible {
    var description: String {
        guard let protocolName else { return "all" }
        if Self.hasTypes(protocolName), ports != Self.allPorts {
            let (type, code) = ports.lowerBound.quotientAndRemainder(dividingBy: 256)
            return "\(protocolName) type \(type)" + (ports.count == 1 ? " code \(code)" : "")
        }
        guard Self.hasPorts(protocolName) else { return protocolName }
        if ports == Self.allPorts { return "\(protocolName) all ports" }
        return ports.count == 1
            ? "\(protocolName) \(ports.lowerBound)" : "\(protocolName) \(ports.lowerBound)-\(ports.upperBound - 1)"
    }

    /// Parses the words for traffic; nil for any other text. A protocol alone means all its ports.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let first = words.first, Self.isProtocol(first) else { return nil }
        let name = Self.canonicalName(first)
        guard let ports = Self.ports(of: name, Array(words.dropFirst())) else { return nil }
        self.init(name, ports)
    }

    private static func isProtocol(_ word: String) -> Bool {
        ["-1", "all", "icmp", "icmpv6", "tcp", "udp"].contains(word.lowercased()) || number(word, below: 256) != nil
    }

    private static func ports(of name: String?, _ words: [String]) -> Range<Int>? {
        if words.isEmpty || hasPorts(name) && words == ["all", "ports"] { return allPorts }
        if hasTypes(name) { return types(words) }
        guard hasPorts(name), words.count == 1 else { return nil }
        let bounds = words[0].split(separator: "-", omittingEmptySubsequences: false).map { number($0, below: 65536) }
        guard bounds.count <= 2, let first = bounds[0], let last = bounds[bounds.count - 1], first <= last else {
            return nil
        }
        return first..<last + 1
    }

    private static func types(_ words: [String]) -> Range<Int>? {
        guard words.first == "type", words.count == 2 || words.count == 4 && words[2] == "code",
            let type = number(words[1], below: 256)
        else { return nil }
        if words.count == 2 { return ports(ofType: type, code: nil) }
        return number(words[3], below: 256).map { ports(ofType: type, code: $0) }
    }

    private static func number(_ word: some StringProtocol, below limit: Int) -> Int? {
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(word).flatMap { $0 < limit ? $0 : nil }
    }
}
