import MessageDigests
import StrictJSON

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

/// A secret's HMAC, by which its rotation is seen and nothing else. Two under different keys cannot be compared.
public struct Fingerprint: Hashable, Sendable {
    /// Where the secret stood.
    public struct Location: Hashable, Sendable {
        public let facet: FacetID
        public let path: String
        public let part: String

        public init(facet: FacetID, path: String, part: String) {
            self.facet = facet
            self.path = path
            self.part = part
        }

        /// Where it stood in the resource's description, as attributes are written: `OptionSettings[aws:…/KEY].Value`.
        public var attribute: String {
            if facet.name == Snapshot.description { return path }
            return facet.name + (path.hasPrefix("[") ? "" : ".") + path
        }
    }

    public let place: Location
    /// The key's id and the HMAC; nil where the secret is no longer there.
    public let value: Value?

    public struct Value: Hashable, Sendable {
        public let key: String
        public let code: String

        public init(key: String, code: String) {
            self.key = key
            self.code = code
        }
    }

    public init(place: Location, value: Value?) {
        self.place = place
        self.value = value
    }

    /// One fingerprint for each place at which secrets of a facet stood.
    public static func all(of secrets: [CutSecret], in facet: FacetID, key: FingerprintKey) -> [Fingerprint] {
        let byPlace = Dictionary(grouping: secrets) {
            Location(facet: facet, path: $0.path.description, part: $0.part)
        }
        return byPlace.map { place, secrets in
            Fingerprint(
                place: place, value: Value(key: key.id, code: key.fingerprint(of: secrets.map(\.bytes))))
        }
    }

    /// `[kind, identity, facet, path, part, key, code]`, the last two null for a secret that is gone.
    var json: JSON {
        .array(
            place.facet.json + [.string(place.path), .string(place.part), JSON(value?.key), JSON(value?.code)])
    }

    init?(json: JSON) {
        guard let members = json.array, members.count == 7, let facet = FacetID(json: Array(members[0..<3])),
            let path = members[3].string, let part = members[4].string
        else { return nil }
        place = Location(facet: facet, path: path, part: part)
        if let key = members[5].string, let code = members[6].string {
            value = Value(key: key, code: code)
        } else {
            value = nil
        }
    }
}
