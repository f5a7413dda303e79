import StrictJSON

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
