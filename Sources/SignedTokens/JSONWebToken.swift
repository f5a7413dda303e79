import StrictJSON

/// A signed JSON Web Token in its compact form (RFC 7515 section 7.1, RFC 7519), of RS256 alone.
///
/// The claims of a token that is not verified are those of anybody.
package struct JSONWebToken: Sendable {
    /// The id of the key that must have signed it.
    package let keyID: String
    /// The claims.
    package let claims: JSONObject
    private let message: [UInt8]
    private let signature: [UInt8]

    /// The longest token, in bytes. Those of CI providers have less than 3,000.
    package static let maximumLength = 16 << 10

    /// The seconds by which clocks of issuers, AWS and recorders may differ.
    package static let grace: Int64 = 60

    /// Parses a token.
    /// - Throws: `TokenProblem` for a token without a signature by RS256, whatever its claims.
    package init(_ text: String) throws(TokenProblem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.maximumLength, parts.count == 3, let header = Self.object(parts[0]),
            let claims = Self.object(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard header["alg"] == "RS256" else { throw .algorithm(header["alg"]?.string ?? "?") }
        guard header["crit"] == nil else { throw .extensions }
        guard let keyID = header["kid"]?.string else { throw .malformed }
        self.keyID = keyID
        self.claims = claims
        self.signature = signature
        message = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ part: Substring) -> JSONObject? {
        Base64URL.decode(part).flatMap { try? JSON(parsing: $0) }?.object
    }

    /// The issuer, as the token says.
    package var issuer: String? { claims["iss"]?.string }

    /// Verifies the signature.
    /// - Throws: `TokenProblem` unless the key signed the token.
    package func verify(with key: JSONWebKey) throws(TokenProblem) {
        guard key.id == keyID else { throw .unknownKey(keyID) }
        guard key.verifies(signature, over: message) else { throw .signature }
    }

    /// Checks whom the token is from, whom it is for, and when (RFC 7519 section 4.1).
    /// - Parameters:
    ///   - issuers: The addresses of the trusted issuers, compared byte for byte.
    ///   - seconds: The time since 1970.
    /// - Throws: `TokenProblem` for the first claim that does not hold.
    package func check(issuers: [String], audience: String, at seconds: Int64) throws(TokenProblem) {
        guard let issuer else { throw .malformed }
        guard issuers.contains(where: { $0.isIdenticalText(to: issuer) }) else { throw .issuer(issuer) }
        let audiences = claims["aud"].map { $0.array ?? [$0] } ?? []
        guard audiences == [.string(audience)] else { throw .audience(count: audiences.count) }
        guard let expiry = claims["exp"]?.integer, let issued = claims["iat"]?.integer else { throw .malformed }
        let begins = try [issued] + (claims["nbf"].map { begin throws(TokenProblem) in [try Self.time(begin)] } ?? [])
        guard begins.allSatisfy({ $0 <= seconds + Self.grace }) else { throw .notYetValid }
        guard expiry > seconds - Self.grace else { throw .expired }
    }

    private static func time(_ claim: JSON) throws(TokenProblem) -> Int64 {
        guard let seconds = claim.integer else { throw .malformed }
        return seconds
    }
}
