/// A URL without its secrets: scheme, host, port and known harmless parameters stay, so that they can be checked.
///
/// User info, fragments, unknown query parameters, and paths outside database and Redis schemes are redacted: of an
/// unknown parameter the name too, since in a secret that was not escaped, what follows an `&` looks like one. The
/// reading is stricter than RFC 3986: a text in which a careless password may have shifted the parts (a second `@`, a `/`
/// or `#` before it) is no URL here, and its caller redacts it whole.
struct RedactedURL {
    private(set) var text = ""
    private(set) var secrets: [(part: String, text: String)] = []

    /// Schemes whose path names a database, which is no secret.
    private static let databaseSchemes: Set = [
        "postgres", "postgresql", "postgis", "mysql", "mariadb", "redis", "rediss", "mongodb", "sqlserver",
    ]
    static let harmlessParameters: Set = [
        "ssl_cert_reqs", "sslmode", "ssl", "tls", "charset", "encoding", "connect_timeout", "timeout",
        "application_name", "virtual_host", "db",
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

    /// The harmless parameters as they came, and all others together as one secret: however many AWS signs a URL with,
    /// what is stored is the same.
    private mutating func redactQuery(_ query: Substring) -> String {
        let parameters = query.split(separator: "&", omittingEmptySubsequences: false)
        let secret = parameters.filter { !Self.isHarmless($0) }.joined(separator: "&")
        return (parameters.filter(Self.isHarmless).map(String.init) + [redact("query", secret[...])])
            .filter { !$0.isEmpty }.joined(separator: "&")
    }

    private static func isHarmless(_ parameter: Substring) -> Bool {
        guard let match = parameter.wholeMatch(of: #/([A-Za-z_]+)=[A-Za-z0-9_.\-]{0,64}/#) else { return false }
        return harmlessParameters.contains(match.1.lowercased())
    }
}
