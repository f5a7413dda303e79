import COpenSSL
import MessageDigests
import StrictJSON

/// A public RSA key in JSON (RFC 7517): what a token is verified with.
package struct JSONWebKey: Sendable, Hashable {
    /// The issuer's name for the key.
    package let id: String
    private let modulus: String
    private let exponent: String

    /// The sizes of keys that are used, in bits. OpenSSL takes seconds for much larger ones.
    private static let sizes = 2048...8192

    /// Takes a key out of a set of keys; nil for one that cannot verify RS256 (RFC 7518 section 6.3).
    package init?(json: JSON) {
        guard json["kty"]?.string == "RSA", let id = json["kid"]?.string, let modulus = json["n"]?.string,
            let exponent = json["e"]?.string, json["alg"].map({ $0.string == "RS256" }) ?? true,
            json["use"].map({ $0.string == "sig" }) ?? true
        else { return nil }
        self.id = id
        self.modulus = modulus
        self.exponent = exponent
        guard let n = Base64URL.decode(modulus), let e = Base64URL.decode(exponent), let first = n.first, first != 0,
            Self.sizes.contains(n.count * 8 - first.leadingZeroBitCount), n.last.map({ $0 & 1 == 1 }) ?? false,
            1...8 ~= e.count, e.last.map({ $0 & 1 == 1 }) ?? false, e != [1]
        else { return nil }
    }

    /// The key as it is stored: `e`, `kid`, `kty` and `n`.
    package var json: JSON {
        ["e": .string(exponent), "kid": .string(id), "kty": "RSA", "n": .string(modulus)]
    }

    /// Whether a signature is RSASSA-PKCS1-v1_5 with SHA-256 over a message (RFC 8017 section 8.2), by OpenSSL.
    func verifies(_ signature: [UInt8], over message: some Sequence<UInt8>) -> Bool {
        guard let n = Base64URL.decode(modulus), let e = Base64URL.decode(exponent), let key = RSA_new() else {
            return false
        }
        defer { RSA_free(key) }
        // The key owns both numbers.
        guard RSA_set0_key(key, BN_bin2bn(n, Int32(n.count), nil), BN_bin2bn(e, Int32(e.count), nil), nil) == 1 else {
            return false
        }
        let digest = SHA256.hash(message)
        return RSA_verify(
            NID_sha256, digest, UInt32(digest.count), signature, UInt32(signature.count), key) == 1
    }
}

/// The keys of an issuer (RFC 7517 section 5).
package struct JSONWebKeySet: Sendable, Hashable {
    /// The keys that can verify RS256, in the order of the set.
    package let keys: [JSONWebKey]

    /// Parses a set; nil if it is not one. Keys of other algorithms are left out.
    package init?(_ bytes: some Sequence<UInt8>) {
        guard let keys = (try? JSON(parsing: Array(bytes)))?["keys"]?.array else { return nil }
        self.keys = keys.compactMap(JSONWebKey.init(json:))
    }

    /// The key of an id; nil if there is none, or more than one.
    package subscript(id: String) -> JSONWebKey? {
        let found = keys.filter { $0.id == id }
        return found.count == 1 ? found[0] : nil
    }
}
