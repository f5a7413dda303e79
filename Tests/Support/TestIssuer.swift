import COpenSSL
import Foundation
import MessageDigests
import StrictJSON

/// An issuer of tokens with one RSA key, which is made at the start.
package final class TestIssuer: Sendable {
    package let name: String
    package let keyID: String
    // OpenSSL's pointer, which is not changed after `init`.
    nonisolated(unsafe) private let key: OpaquePointer

    package init(_ name: String = "https://token.actions.githubusercontent.com", keyID: String = "key-1") {
        self.name = name
        self.keyID = keyID
        let exponent = BN_new()
        BN_set_word(exponent, 65537)
        guard let key = RSA_new() else { preconditionFailure("no memory") }
        precondition(RSA_generate_key_ex(key, 2048, exponent, nil) == 1)
        BN_free(exponent)
        self.key = key
    }

    deinit { RSA_free(key) }

    /// The key as the issuer publishes it.
    package var publicKey: JSON {
        var (n, e): (OpaquePointer?, OpaquePointer?)
        RSA_get0_key(key, &n, &e, nil)
        return [
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": .string(keyID), "n": .string(Self.encode(Self.bytes(n))),
            "e": .string(Self.encode(Self.bytes(e))),
        ]
    }

    package var keySet: [UInt8] { JSON.object(["keys": [publicKey]]).canonicalBytes }

    private static func bytes(_ number: OpaquePointer?) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }

    /// A token with these claims, and others that a token must have.
    /// - Parameter seconds: When it is issued, since 1970.
    package func token(
        audience: JSON, at seconds: Int64, claims: JSONObject = [:], header: JSONObject = [:]
    ) -> String {
        var members: JSONObject = [
            "iss": .string(name), "aud": audience, "iat": .init(seconds), "nbf": .init(seconds - 300),
            "exp": .init(seconds + 300),
        ]
        for (name, value) in claims.members { members[name] = value }
        return sign(members, header)
    }

    /// Signs claims as they are.
    package func sign(_ claims: JSONObject, _ header: JSONObject = [:]) -> String {
        var head: JSONObject = ["typ": "JWT", "alg": "RS256", "kid": .string(keyID)]
        for (name, value) in header.members { head[name] = value }
        let parts = [head, claims].map { Self.encode(JSON.object($0).canonicalBytes) }
        let message = parts.joined(separator: ".")
        let digest = SHA256.hash(message.utf8)
        var (signature, length) = ([UInt8](repeating: 0, count: 512), UInt32(0))
        precondition(RSA_sign(NID_sha256, digest, UInt32(digest.count), &signature, &length, key) == 1)
        return "\(message).\(Self.encode(Array(signature[..<Int(length)])))"
    }

    package static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
