import MessageDigests
import StrictJSON

/// The SHA-256 of some bytes, in hexadecimal: the key of contents, bodies and entries.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// 64 lower-case digits.
    public let hexadecimal: String

    /// Hashes bytes.
    package init(of bytes: some Sequence<UInt8>) {
        hexadecimal = Hexadecimal.encode(SHA256.hash(bytes))
    }

    /// Hashes a value's canonical JSON.
    package init(of value: JSON) {
        self.init(of: value.canonicalBytes)
    }

    /// Parses a hash; nil unless it is 64 lower-case hexadecimal digits.
    public init?(hexadecimal: String) {
        guard hexadecimal.utf8.count == 2 * SHA256.byteCount, Hexadecimal.decode(hexadecimal) != nil else { return nil }
        self.hexadecimal = hexadecimal
    }

    /// The 64 hexadecimal digits.
    public var description: String { hexadecimal }

    /// The first 12 digits, for people.
    public var abbreviated: String { String(hexadecimal.prefix(12)) }

    package var json: JSON { .string(hexadecimal) }
}
