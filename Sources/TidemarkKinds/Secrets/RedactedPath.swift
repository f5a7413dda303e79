/// The path that a health check or a worker requests, without its secrets: `/health?REDACTED`, `HTTPS:443/hooks/REDACTED`.
///
/// The query (`RedactedQuery`) and the fragment are redacted, and each segment that is not made of words: an
/// unguessable segment may be a token.
struct RedactedPath {
    private(set) var text: String
    private(set) var secrets: [(part: String, text: String)] = []

    /// - Parameter path: A text with `/` at its beginning, or after a protocol and port.
    init?(_ path: String) {
        let grammar =
            #/
            (?<target> (?: HTTPS? | TCP | SSL ) (?: : [0-9]{1,5} )? )?
            (?<path> \/ [^?\#\s]* )?
            (?: \? (?<query> [^\#\s]* ) )?
            (?: \# (?<fragment> \S* ) )?
            /#
        guard let match = path.wholeMatch(of: grammar.ignoresCase()) else { return nil }
        text = String(match.target ?? "")
        if let path = match.path { redactSegments(path) }
        if let query = match.query {
            let redacted = RedactedQuery(query)
            text += "?" + redacted.text
            if let secret = redacted.secret { secrets.append(("query", secret)) }
        }
        if let fragment = match.fragment, !fragment.isEmpty {
            text += "#" + Redacted.part
            secrets.append(("fragment", String(fragment)))
        }
    }

    private mutating func redactSegments(_ path: Substring) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        text += segments.map { Self.isWords($0) ? $0 : Redacted.part[...] }.joined(separator: "/")
        let tokens = segments.filter { !Self.isWords($0) }
        if !tokens.isEmpty { secrets.append(("path", tokens.joined(separator: "/"))) }
    }

    /// Whether a segment is made of words and short numbers, such as `api`, `v2`, `health-check` or `healthCheck.php`.
    static func isWords(_ segment: Substring) -> Bool {
        let word = #/[a-z]{0,20}([A-Z][a-z]{1,20}){0,4}[0-9]{0,3}|[A-Z]{1,10}[0-9]{0,3}|[0-9]{1,4}/#
        return segment.utf8.count <= 60
            && segment.split(separator: #/[\-._~]/#).allSatisfy { $0.wholeMatch(of: word) != nil }
    }
}
