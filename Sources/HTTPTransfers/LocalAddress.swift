#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An address of this machine or of its link: loopback, link-local, unspecified, and the metadata service of EC2.
///
/// Sources: RFC 1122 section 3.2.1.3, RFC 3927, RFC 4291 sections 2.4 and 2.5, RFC 6052 section 2.1, and
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>.
enum LocalAddress {
    /// Whether a socket's address is one. An address of another family than IPv4 and IPv6 is.
    static func contains(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                contains(v4: withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) })
            }
        case AF_INET6:
            address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                contains(v6: withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) })
            }
        default: true
        }
    }

    /// - Parameter bytes: The 4 bytes of an address.
    static func contains(v4 bytes: [UInt8]) -> Bool {
        bytes[0] == 0 || bytes[0] == 127 || bytes[0] == 169 && bytes[1] == 254
    }

    /// - Parameter bytes: The 16 bytes of an address.
    static func contains(v6 bytes: [UInt8]) -> Bool {
        let isLinkLocal = bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
        if isLinkLocal || bytes == metadata { return true }
        // Loopback and unspecified addresses too.
        let isEmbedded = embeddings.contains { bytes.starts(with: $0) }
        return isEmbedded && contains(v4: Array(bytes[12...])) || bytes.dropLast().allSatisfy { $0 == 0 }
    }

    /// `fd00:ec2::254`.
    private static let metadata: [UInt8] = [0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54]

    /// The beginnings of addresses that embed one of IPv4: mapped, compatible, and of a translator.
    private static let embeddings: [[UInt8]] = [
        [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF], [UInt8](repeating: 0, count: 12),
        [0x00, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8),
    ]
}
