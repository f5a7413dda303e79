/// A set of addresses of the Internet Protocol.
typealias AddressSet = RangeSet<IPAddress>

extension AddressSet {
    /// The addresses of a block such as `10.0.0.0/8`; nil for any other text.
    init?(block: String) {
        guard let range = IPAddress.block(block) else { return nil }
        self.init(range)
    }

    /// Every address of version 4.
    static let version4 = blocks("0.0.0.0/0")
    /// Every address of version 6.
    static let version6 = blocks("::/0")
    /// Every address.
    static let all = version4.union(version6)

    /// The addresses of the internet, of version 4 and of version 6: those that are globally reachable.
    ///
    /// Sources: <https://www.iana.org/assignments/iana-ipv4-special-registry> and
    /// <https://www.iana.org/assignments/iana-ipv6-special-registry>; RFC 5771 (multicast), RFC 4291 section 2.4.
    static let internet = [
        version4.subtracting(
            blocks(
                "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
                "203.0.113.0/24", "224.0.0.0/3")),
        blocks("2000::/3").subtracting(blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")),
    ]

    private static func blocks(_ texts: String...) -> AddressSet {
        AddressSet(texts.compactMap(IPAddress.block))
    }
}
