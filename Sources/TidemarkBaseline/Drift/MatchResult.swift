import Tidemark

/// The result of comparing a value with an expected one.
enum MatchResult: Equatable {
    case holds
    case differs
    /// Unknown, since it depends on a redacted value.
    case redacted
    /// Neither, since the values have no order: a text that is not a number, and a bound.
    case incomparable(Unseen)

    init(_ holds: Bool) { self = holds ? .holds : .differs }

    static func all(_ results: some Sequence<MatchResult>) -> MatchResult {
        results.reduce(.holds) { all, result in all.precedence < result.precedence ? result : all }
    }

    static func any(_ results: some Sequence<MatchResult>) -> MatchResult { !all(results.map { !$0 }) }

    /// The common result of a list in the place of one value, where several resources disagree. Nil without one.
    static func agreed(_ results: [MatchResult]) -> MatchResult? {
        results.first.flatMap { first in results.allSatisfy { $0 == first } ? first : nil }
    }

    static prefix func ! (result: MatchResult) -> MatchResult {
        switch result {
        case .holds: .differs
        case .differs: .holds
        case .redacted, .incomparable: result
        }
    }

    /// The result with the highest one decides about several.
    private var precedence: Int {
        switch self {
        case .holds: 0
        case .incomparable: 1
        case .redacted: 2
        case .differs: 3
        }
    }
}
