import MessageDigests
import StrictJSON

/// The SHA-256 of some bytes: the name under which content, bodies and entries are kept. Written in hexadecimal.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    public let hexadecimal: String

    public init(of bytes: some Sequence<UInt8>) {
        hexadecimal = Hexadecimal.encode(SHA256.hash(bytes))
    }

    /// The hash of a value's canonical JSON.
    public init(of value: JSON) {
        self.init(of: value.canonicalBytes)
    }

    /// A hash from its spelling, or nil unless that is 64 lower-case hexadecimal digits.
    public init?(hexadecimal: String) {
        guard hexadecimal.utf8.count == 2 * SHA256.byteCount, Hexadecimal.decode(hexadecimal) != nil else { return nil }
        self.hexadecimal = hexadecimal
    }

    public var description: String { hexadecimal }

    /// Enough of the hash for a person to tell two apart.
    public var abbreviated: String { String(hexadecimal.prefix(12)) }

    public var json: JSON { .string(hexadecimal) }
}
