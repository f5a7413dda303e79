extension PatternParser {
    /// The error for a group or a flag that is not supported.
    func unsupportedGroup(at start: Int) -> PatternError {
        let found = Self.groups.first { reads($0.text, at: start) }
        let (text, name, remedy) = found ?? ("(?", "flag or group", "the only flag is (?i)")
        return error("the \(name) '\(text)' is not supported: \(remedy)", at: start)
    }

    private static let groups = [
        ("(?=", "lookahead", "use a second operator beside 'matches'"),
        ("(?!", "negative lookahead", "add 'not: { matches: … }' beside 'matches'"),
        ("(?<=", "lookbehind", "use a second operator beside 'matches'"),
        ("(?<!", "negative lookbehind", "add 'not: { matches: … }' beside 'matches'"),
        ("(?>", "atomic group", "write (?:…)"),
        ("(?|", "branch reset", "write (?:…)"),
        ("(?P=", "backreference", "write out what it stands for"),
        ("(?P>", "recursion", "write out what it stands for"),
        ("(?P<", "named group", "write (?:…)"),
        ("(?<", "named group", "write (?:…)"),
        ("(?'", "named group", "write (?:…)"),
        ("(?#", "comment", "write it after a '#' of YAML"),
        ("(?(", "condition", "write the alternatives with '|'"),
        ("(?i:", "flag for a group", "write (?:(?i)…)"),
    ].map { (text: $0, name: $1, remedy: $2) }

    /// The error for a class operator of other dialects, such as `[a-z--b]`.
    func unsupportedOperator(_ sign: Unicode.Scalar, at start: Int) -> PatternError {
        error("the operator '\(sign)\(sign)' in a class is not supported: write \\\(sign)", at: start)
    }

    func unsupportedEscape(of scalar: Unicode.Scalar, at start: Int) -> PatternError {
        let (name, remedy) =
            switch scalar {
            case "b", "B": ("word boundary", "match the characters beside the word, such as \\W")
            case "A", "Z", "z", "G": ("anchor", "'matches' always compares the whole text: remove it")
            case "1"..."9", "k", "g": ("backreference", "write out what it stands for")
            case "p", "P", "N", "X": ("Unicode property", "list the characters in [ ]")
            default: ("escape", "write the character itself")
            }
        return error("the \(name) '\\\(scalar)' is not supported: \(remedy)", at: start)
    }

    /// The error for a quantifier that follows another one.
    func unsupportedQuantifier(from start: Int) -> PatternError {
        switch next {
        case "?":
            error("the lazy quantifier is not supported: remove the '?' at its end, which changes no match", at: start)
        case "+": error("the possessive quantifier is not supported: remove the '+' at its end", at: start)
        default: error("a quantifier cannot follow another: put the first one in a group", at: start)
        }
    }
}
