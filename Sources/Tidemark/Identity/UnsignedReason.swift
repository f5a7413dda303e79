import StrictJSON

/// The reason that nobody signed a release. The claims stay claims.
public struct UnsignedReason: Sendable, Hashable {
    package let reason: ReasonCode

    package init(_ reason: ReasonCode) { self.reason = reason }

    var json: JSON { reason.json }

    /// No CI run recorded it.
    package static let outsideCI = UnsignedReason(ReasonCode("outside-ci"))
    /// The job in GitHub Actions has no permission to ask for a token.
    package static let noPermission = UnsignedReason(ReasonCode("no-permission"))
    /// The CI system gave the job no token.
    package static let noToken = UnsignedReason(ReasonCode("no-token"))
    /// It was recorded later, from a file.
    package static let recordedLater = UnsignedReason(ReasonCode("recorded-later"))

    /// The provider did not give a token, or not its keys.
    /// - Parameter detail: The diagnosis, which has no part of a token.
    package static func noAnswer(_ detail: String) -> UnsignedReason {
        UnsignedReason(ReasonCode("no-answer", ["detail": .string(detail)]))
    }

    /// The provider's token does not verify.
    /// - Parameter detail: The diagnosis, which has no part of a token.
    package static func refused(_ detail: String) -> UnsignedReason {
        UnsignedReason(ReasonCode("token-refused", ["detail": .string(detail)]))
    }

    /// The code: `no-permission`.
    public var code: String { reason.code }

    /// The reason in words: `no id-token permission`.
    public var words: String {
        let detail = reason.text("detail")
        return switch reason.code {
        case "outside-ci": "recorded outside of CI"
        case "no-permission": "no id-token permission"
        case "no-token": "the CI job has no token for Tidemark"
        case "recorded-later": "recorded from a file"
        case "no-answer": detail ?? "no answer from the CI provider"
        case "token-refused": detail ?? "the token does not verify"
        case let code: [code, detail].compactMap(\.self).joined(separator: ": ")
        }
    }
}
