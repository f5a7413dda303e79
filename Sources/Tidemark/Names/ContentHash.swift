import MessageDigests
import StrictJSON

/// The SHA-256 of some bytes: the key of contents, bodies and entries.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    let words: HashWords

    /// Hashes bytes.
    package init(of bytes: some Sequence<UInt8>) {
        self.init(digest: SHA256.hash(bytes))
    }

    /// Hashes a value's canonical JSON.
    package init(of value: JSON) {
        self.init(of: value.canonicalBytes)
    }

    /// Takes over a digest; nil unless it has 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.init(digest: bytes)
    }

    /// Parses a hash; nil unless it is 64 lower-case hexadecimal digits.
    public init?(hexadecimal: String) {
        guard let bytes = Hexadecimal.decode(hexadecimal) else { return nil }
        self.init(bytes: bytes)
    }

    private init(digest: some Collection<UInt8>) {
        var words = HashWords()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: digest) }
        self.words = words
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// 64 lower-case digits.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    /// The 64 hexadecimal digits.
    public var description: String { hexadecimal }

    /// The first 12 digits, for people.
    public var abbreviated: String { String(hexadecimal.prefix(12)) }

    package var json: JSON { .string(hexadecimal) }
}
