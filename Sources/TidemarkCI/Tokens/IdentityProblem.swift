import HTTPTransfers
import SignedTokens
import Tidemark

/// The reason that a recorder has no verified token. Its words have no part of a token.
enum IdentityProblem: Error, Sendable, Hashable {
    case noAnswer(String)
    case refused(TokenProblem)

    var reason: UnsignedReason {
        switch self {
        case .noAnswer(let detail): .noAnswer(detail)
        case .refused(let problem): .refused(problem.description)
        }
    }
}
