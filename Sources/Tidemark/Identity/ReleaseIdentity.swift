import StrictJSON

/// What shows who recorded a release, beside what the recorder claims.
public enum ReleaseIdentity: Sendable, Hashable {
    /// A CI provider signed this booking; anybody can verify it again.
    case signed(BookingSignature)
    /// A CI provider signed who the recorder was, and the recorder verified it. It is not kept whole.
    case attested(AttestedIdentity)
    /// Nobody signed anything, for this reason.
    case unsigned(UnsignedReason)

    /// The members of a release.
    var members: [(name: String, value: JSON)] {
        switch self {
        case .signed(let signature): [("signature", signature.json)]
        case .attested(let identity): [("attested", identity.json)]
        case .unsigned(let reason): [("unsigned", reason.json)]
        }
    }

    /// Takes the identity out of a release; nil if it has none that can be read.
    init?(release json: JSON) {
        if let signature = json["signature"].flatMap(BookingSignature.init(json:)) {
            self = .signed(signature)
        } else if let identity = json["attested"].flatMap(AttestedIdentity.init(json:)) {
            self = .attested(identity)
        } else if let reason = json["unsigned"].flatMap(ReasonCode.init(json:)) {
            self = .unsigned(UnsignedReason(reason))
        } else {
            return nil
        }
    }

    /// The CI run that was signed; nil if nobody signed, or the token cannot be read.
    public var signer: ReleaseSigner? {
        switch self {
        case .signed(let signature): ReleaseSigner(token: signature.token)
        case .attested(let identity): ReleaseSigner(.gitlab, claims: identity.claims)
        case .unsigned: nil
        }
    }
}

/// A CI provider's token whose audience is one booking.
public struct BookingSignature: Sendable, Hashable {
    /// The token, whole. It is for no other audience, but no report prints it.
    package let token: String
    /// The hash of the issuer's key that signed it, which is stored as content.
    public let key: ContentHash
    /// The images that the booking names.
    public let images: [String]

    package init(token: String, key: ContentHash, images: [String]) {
        self.token = token
        self.key = key
        self.images = images
    }

    var json: JSON { ["token": .string(token), "key": key.json, "images": JSON(images)] }

    init?(json: JSON) {
        guard let token = json["token"]?.string,
            let key = json["key"]?.string.flatMap(ContentHash.init(hexadecimal:)),
            let images = json.list("images", of: \.string)
        else { return nil }
        self.init(token: token, key: key, images: images)
    }
}

/// What a verified token said that is not kept whole, because it has personal data.
public struct AttestedIdentity: Sendable, Hashable {
    /// The claims that are kept: a closed list.
    package let claims: JSONObject
    /// The SHA-256 of the token.
    public let token: ContentHash

    package init(claims: JSONObject, token: ContentHash) {
        self.claims = claims
        self.token = token
    }

    var json: JSON { ["claims": .object(claims), "token": token.json] }

    init?(json: JSON) {
        guard let claims = json["claims"]?.object,
            let token = json["token"]?.string.flatMap(ContentHash.init(hexadecimal:))
        else { return nil }
        self.init(claims: claims, token: token)
    }
}
