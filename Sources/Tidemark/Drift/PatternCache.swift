/// Regular expressions, each compiled once.
final class PatternCache {
    private var regexes: [String: Regex<AnyRegexOutput>] = [:]

    /// Whether a pattern matches the whole of a value.
    func matches(_ pattern: Operator.Pattern, _ value: String) -> Bool {
        if let regex = regexes[pattern.text] { return Self.matches(regex, value) }
        guard let regex = try? Regex(pattern.text) else { return false }
        regexes[pattern.text] = regex
        return Self.matches(regex, value)
    }

    private static func matches(_ regex: Regex<AnyRegexOutput>, _ value: String) -> Bool {
        (try? regex.wholeMatch(in: value)) != nil
    }
}
