/// A URL without its secrets: scheme, host, port and known harmless parameters stay, so that they can be checked.
///
/// User info, fragments, unknown query parameters, and paths outside database and Redis schemes are redacted. The
/// reading is stricter than RFC 3986: a text in which a careless password may have shifted the parts (a second `@`, a `/`
/// or `#` before it) is not a URL here, and the caller redacts it whole.
struct RedactedURL {
    private(set) var text = ""
    private(set) var secrets: [(part: String, text: String)] = []

    /// Schemes whose path names a database, which is not secret.
    private static let databaseSchemes: Set = [
        "postgres", "postgresql", "postgis", "mysql", "mariadb", "redis", "rediss", "mongodb", "sqlserver",
    ]

    init?(_ url: String) {
        let grammar =
            #/
            (?<scheme> [A-Za-z][A-Za-z0-9+.\-]* ) :\/\/
            (?: (?<userInfo> [^@\/?\#\s]* ) @ )?
            (?<authority> [^@\/?\#\s]* )
            (?<path> \/[^@?\#\s]* )?
            (?: \? (?<query> [^@\#\s]* ) )?
            (?: \# (?<fragment> [^@\s]* ) )?
            /#
        guard let match = url.wholeMatch(of: grammar), Self.isHost(match.authority) else { return nil }
        text = "\(match.scheme)://"
        if let userInfo = match.userInfo { text += redact("user-info", userInfo) + "@" }
        text += match.authority
        if let path = match.path { text += redactPath(path, scheme: match.scheme.lowercased()) }
        if let query = match.query { text += "?" + redactQuery(query) }
        if let fragment = match.fragment { text += "#" + redact("fragment", fragment) }
    }

    /// A name or an IPv6 literal, with a port or without.
    private static func isHost(_ authority: Substring) -> Bool {
        authority.wholeMatch(of: #/([A-Za-z0-9._\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/#) != nil
    }

    private mutating func redact(_ part: String, _ secret: Substring) -> String {
        guard !secret.isEmpty else { return "" }
        secrets.append((part, String(secret)))
        return Redacted.part
    }

    private mutating func redactPath(_ path: Substring, scheme: String) -> String {
        let isName = path.wholeMatch(of: #//[A-Za-z0-9_\-]{0,63}/#) != nil
        if path == "/" || Self.databaseSchemes.contains(scheme) && isName { return String(path) }
        return "/" + redact("path", path.dropFirst())
    }

    private mutating func redactQuery(_ query: Substring) -> String {
        let redacted = RedactedQuery(query)
        if let secret = redacted.secret { secrets.append(("query", secret)) }
        return redacted.text
    }
}
