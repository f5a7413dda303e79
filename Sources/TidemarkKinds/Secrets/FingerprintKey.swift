import MessageDigests
import StrictJSON
import Tidemark

/// The key under which secrets are fingerprinted, provided by the user and never stored.
public struct FingerprintKey: Sendable {
    /// The shortest key, in bytes: a shorter one could be guessed.
    public static let minimumLength = 16

    private let bytes: [UInt8]
    /// The id of the key, which does not reveal it: the HMAC of a fixed label, 64 hexadecimal digits.
    public let id: String

    /// Creates a key from its bytes.
    /// - Throws: `Failure` with the code `invalid` for a key of less than 16 bytes.
    public init(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.count >= Self.minimumLength else {
            throw Failure(
                .invalid, "the fingerprint key is too short",
                why: "it has \(bytes.count) bytes and needs \(Self.minimumLength)",
                remedy: "make one with 'openssl rand -hex 32'")
        }
        self.bytes = bytes
        id = Hexadecimal.encode(HMACSHA256.code("tidemark fingerprint key".utf8, key: bytes))
    }

    func fingerprint(of secret: [UInt8]) -> String {
        Hexadecimal.encode(HMACSHA256.code(secret, key: bytes))
    }

    /// The fingerprint of several secrets at one place, in whatever order AWS answers them.
    func fingerprint(of secrets: [[UInt8]]) -> String {
        let codes = secrets.map(fingerprint).sorted()
        return codes.count == 1 ? codes[0] : fingerprint(of: Array(codes.joined().utf8))
    }
}

extension FingerprintKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The beginning of the id; the bytes of the key are never printed.
    public var description: String { "FingerprintKey(\(id.prefix(12)))" }
    /// The same text as `description`.
    public var debugDescription: String { description }
    /// The id alone, so that dumping the key does not reveal it.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension Fingerprint {
    /// The fingerprints of secrets that were removed from a facet, one for each location.
    public static func all(of secrets: [CutSecret], in facet: FacetID, key: FingerprintKey) -> [Fingerprint] {
        let byPlace = Dictionary(grouping: secrets) {
            Location(facet: facet, path: $0.path.description, part: $0.part)
        }
        return byPlace.map { place, secrets in
            Fingerprint(
                location: place, value: Value(key: key.id, code: key.fingerprint(of: secrets.map(\.bytes))))
        }
    }
}
