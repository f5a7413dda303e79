/// Whether a value is as expected. What is redacted may be, and may not.
enum MatchResult {
    case holds
    case differs
    /// It depends on what was redacted.
    case redacted

    init(_ holds: Bool) { self = holds ? .holds : .differs }

    static func all(_ truths: some Sequence<MatchResult>) -> MatchResult {
        truths.reduce(.holds) { all, truth in
            if all == .differs || truth == .differs { return .differs }
            return all == .redacted || truth == .redacted ? .redacted : .holds
        }
    }

    static func any(_ truths: some Sequence<MatchResult>) -> MatchResult { !all(truths.map { !$0 }) }

    static prefix func ! (truth: MatchResult) -> MatchResult {
        switch truth {
        case .holds: .differs
        case .differs: .holds
        case .redacted: .redacted
        }
    }
}
