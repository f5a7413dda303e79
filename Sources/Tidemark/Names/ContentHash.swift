import MessageDigests
import StrictJSON

/// The SHA-256 of some bytes: the key of contents, bodies and entries.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes, as four words in the order of the bytes.
    let words: SIMD4<UInt64>

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
        var rest = digest.makeIterator()
        func word() -> UInt64 { (0..<8).reduce(0) { word, _ in word << 8 | UInt64(rest.next() ?? 0) } }
        words = SIMD4(word(), word(), word(), word())
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        (0..<SHA256.byteCount).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> (56 - 8 * UInt64($0 % 8))) }
    }

    /// 64 lower-case digits.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    /// The 64 hexadecimal digits.
    public var description: String { hexadecimal }

    /// The first 12 digits, for people.
    public var abbreviated: String { String(hexadecimal.prefix(12)) }

    package var json: JSON { .string(hexadecimal) }
}
