/// The reason that a token is refused. Its text shows no part of the token but names.
package enum TokenProblem: Error, Sendable, Hashable {
    /// It is not three parts in base64 with JSON in them, or a member that it must have is missing.
    case malformed
    /// It is signed by another algorithm than RS256, or not at all.
    case algorithm(String)
    /// Its header has extensions that a reader must understand (RFC 7515 section 4.1.11).
    case extensions
    /// The issuer has no such key.
    case unknownKey(String)
    /// The signature is not that of the key.
    case signature
    /// Another issuer, or one that is not trusted.
    case issuer(String)
    /// It is not for exactly one audience, the expected one.
    case audience(count: Int)
    /// It is no longer valid.
    case expired
    /// It is not valid yet.
    case notYetValid
}

extension TokenProblem: CustomStringConvertible {
    /// The reason in words, with `the token` as its subject.
    package var description: String {
        switch self {
        case .malformed: "the token is not a signed JSON Web Token"
        case .algorithm(let name): "the token is signed by '\(name.prefix(20))', and must be signed by RS256"
        case .extensions: "the token's header has critical extensions"
        case .unknownKey(let id): "the issuer has no key '\(id.prefix(80))'"
        case .signature: "the token's signature is not that of its key"
        case .issuer(let name): "the token's issuer '\(name.prefix(200))' is not trusted"
        case .audience(let count) where count > 1: "the token has \(count) audiences"
        case .audience: "the token is for another audience"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        }
    }
}
