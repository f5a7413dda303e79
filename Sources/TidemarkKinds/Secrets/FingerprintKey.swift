import MessageDigests
import StrictJSON
import Tidemark

/// The key under which secrets are fingerprinted, provided by the user and never stored.
public struct FingerprintKey: Sendable {
    /// The shortest key, in bytes: a shorter one could be found by trying.
    public static let minimumLength = 16

    private let bytes: [UInt8]
    /// Names the key without telling it: an HMAC of a fixed label.
    public let id: String

    /// - Throws: `Failure` for a key of less than 16 bytes.
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
    public var description: String { "FingerprintKey(\(id.prefix(12)))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension Fingerprint {
    /// One fingerprint for each place at which secrets of a facet stood.
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
