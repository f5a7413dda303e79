import StrictJSON

/// The HMAC-SHA-256 of a secret, which shows only whether the secret was rotated. Fingerprints of different keys cannot be
/// compared.
public struct Fingerprint: Hashable, Sendable {
    /// The location of a secret.
    public struct Location: Hashable, Sendable {
        /// The facet that contains the secret.
        public let facet: FacetID
        /// The path in the facet: `OptionSettings[aws:…/KEY].Value`.
        public let path: String
        /// The part of the value: `value`, or a part of a URL such as `query`.
        public let part: String

        /// Creates a location.
        public init(facet: FacetID, path: String, part: String) {
            self.facet = facet
            self.path = path
            self.part = part
        }

        /// The path as an attribute of the resource: `OptionSettings[aws:…/KEY].Value`.
        package var attribute: String {
            if facet.name == Snapshot.description { return path }
            return facet.name + (path.hasPrefix("[") ? "" : ".") + path
        }
    }

    /// The location of the secret.
    public let location: Location
    /// The key's id and the HMAC; nil for a secret that no longer exists.
    public let value: Value?

    /// An HMAC and the key that made it.
    public struct Value: Hashable, Sendable {
        /// The key's id.
        public let key: String
        /// The HMAC in hexadecimal.
        public let code: String

        /// Creates a value.
        public init(key: String, code: String) {
            self.key = key
            self.code = code
        }
    }

    /// Creates a fingerprint.
    public init(location: Location, value: Value?) {
        self.location = location
        self.value = value
    }

    /// `[kind, identity, facet, path, part, key, code]`, the last two null for a secret that is gone.
    var json: JSON {
        .array(
            location.facet.json + [.string(location.path), .string(location.part), JSON(value?.key), JSON(value?.code)])
    }

    init?(json: JSON) {
        guard let members = json.array, members.count == 7, let facet = FacetID(json: Array(members[0..<3])),
            let path = members[3].string, let part = members[4].string
        else { return nil }
        location = Location(facet: facet, path: path, part: part)
        if let key = members[5].string, let code = members[6].string {
            value = Value(key: key, code: code)
        } else {
            value = nil
        }
    }
}
