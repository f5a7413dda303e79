/// The result of comparing a value with an expected one.
enum MatchResult {
    case holds
    case differs
    /// Unknown, since it depends on a redacted value.
    case redacted

    init(_ holds: Bool) { self = holds ? .holds : .differs }

    static func all(_ results: some Sequence<MatchResult>) -> MatchResult {
        results.reduce(.holds) { all, result in
            if all == .differs || result == .differs { return .differs }
            return all == .redacted || result == .redacted ? .redacted : .holds
        }
    }

    static func any(_ results: some Sequence<MatchResult>) -> MatchResult { !all(results.map { !$0 }) }

    static prefix func ! (result: MatchResult) -> MatchResult {
        switch result {
        case .holds: .differs
        case .differs: .holds
        case .redacted: .redacted
        }
    }
}
