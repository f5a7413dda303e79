import SignedTokens
import Tidemark

/// Verifies the signatures of releases, each over its own entry.
public struct SignatureVerifier: Sendable {
    private let issuers: TrustedIssuers
    private let anchors: [JSONWebKey]?

    /// - Parameter anchors: The keys of the issuers; nil to believe those that the recorders fetched.
    package init(issuers: TrustedIssuers, anchors: [JSONWebKey]? = nil) {
        self.issuers = issuers
        self.anchors = anchors
    }

    /// Believes the keys that the recorders fetched.
    public init(issuers: TrustedIssuers) { self.init(issuers: issuers, anchors: nil) }

    /// Verifies the signature of a release: by the key that is stored with it, over the booking of its entry, at its time.
    /// - Throws: `Failure` with the code `mismatch` for a signature that does not hold.
    public func verify(_ release: SignedRelease) throws(Failure) {
        do throws(TokenProblem) {
            guard let key = SigningKey(json: release.key) else { throw .unknownKey("?") }
            let token = try JSONWebToken(release.signature.token)
            guard token.issuer == key.issuer else { throw .issuer(token.issuer ?? "?") }
            try token.verify(with: key.key)
            try token.check(
                issuers: issuers.github, audience: release.booking.audience,
                at: release.at.millisecondsSince1970 / 1000)
            if let anchors, !anchors.contains(key.key) { throw .unknownKey(token.keyID) }
        } catch {
            throw Failure(
                .mismatch,
                "the signature of release '\(release.booking.label.printable)' at \(release.seq) of '\(release.booking.environment)' does not hold",
                why: error.description.printable, remedy: remedy(for: error))
        }
    }

    private func remedy(for problem: TokenProblem) -> Remedy {
        switch problem {
        case .issuer: "if the issuer is yours, name it as trusted"
        case .unknownKey where anchors != nil: "name every set of keys that the issuer has had since"
        default: .restoreHistory
        }
    }
}
