/// An address of the Internet Protocol. Those of version 4 come before those of version 6.
struct IPAddress: Hashable, Comparable, Sendable {
    /// 4 or 6, and 7 for the end of all addresses.
    private let version: Int
    private let value: UInt128

    private init(version: Int, value: UInt128) {
        self.version = version
        self.value = value
    }

    static func < (one: IPAddress, other: IPAddress) -> Bool { (one.version, one.value) < (other.version, other.value) }
}

extension IPAddress {
    /// The addresses of a block such as `10.0.0.0/8` or `2001:db8::/32`; an address without a length is a block of one.
    /// Nil for any other text.
    ///
    /// Sources: RFC 4632 section 3.1, RFC 4291 sections 2.2 and 2.3.
    static func block(_ text: String) -> Range<IPAddress>? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        guard let length = parts.count == 1 ? address.bits : number(parts[1], upTo: address.bits) else { return nil }
        let hosts: UInt128 = address.bits - length == 128 ? .max : (1 << UInt128(address.bits - length)) - 1
        let first = IPAddress(version: address.version, value: address.value & ~hosts)
        return first..<IPAddress(version: address.version, value: first.value | hosts).next
    }

    private var bits: Int { version == 4 ? 32 : 128 }

    private var next: IPAddress {
        let (sum, isEnd) = value.addingReportingOverflow(1)
        return IPAddress(version: isEnd ? 7 : version, value: sum)
    }

    private init?(_ text: Substring) {
        if let value = Self.version4(text) {
            self.init(version: 4, value: value)
        } else if let value = Self.version6(text) {
            self.init(version: 6, value: value)
        } else {
            return nil
        }
    }

    private static func version4(_ text: Substring) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { number($0, upTo: 255) }
        guard parts.count == 4 else { return nil }
        return combine(parts, bits: 8)
    }

    private static func version6(_ text: Substring) -> UInt128? {
        // `::` stands for as many groups of zeros as are missing.
        let halves = text.split(separator: "::", omittingEmptySubsequences: false).map(groups)
        let count = halves.reduce(0) { $0 + $1.count }
        switch halves.count {
        case 1 where count == 8: return combine(halves[0], bits: 16)
        case 2 where count < 8: return combine(halves[0] + Array(repeating: 0, count: 8 - count) + halves[1], bits: 16)
        default: return nil
        }
    }

    private static func groups(_ text: Substring) -> [Int?] {
        if text.isEmpty { return [] }
        return text.split(separator: ":", omittingEmptySubsequences: false).map { group in
            (1...4).contains(group.count) && group.allSatisfy(\.isHexDigit) ? Int(group, radix: 16) : nil
        }
    }

    private static func number(_ text: Substring, upTo limit: Int) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text).flatMap { $0 <= limit ? $0 : nil }
    }

    private static func combine(_ parts: [Int?], bits: UInt128) -> UInt128? {
        parts.reduce(0) { value, part in value.flatMap { value in part.map { value << bits | UInt128($0) } } }
    }
}
