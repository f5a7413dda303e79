import SignedTokens
import StrictJSON

/// A key as the history keeps it, once: the issuer's, as the recorder fetched it.
struct SigningKey: Sendable, Hashable {
    let issuer: String
    let key: JSONWebKey

    init(issuer: String, key: JSONWebKey) {
        self.issuer = issuer
        self.key = key
    }

    var json: JSON { ["issuer": .string(issuer), "key": key.json] }

    init?(json: JSON) {
        guard let issuer = json["issuer"]?.string, let key = json["key"].flatMap(JSONWebKey.init(json:)) else {
            return nil
        }
        self.init(issuer: issuer, key: key)
    }
}
