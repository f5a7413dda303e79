/// The parameters of a query: those that are known to be harmless as they came, and all others together as one secret,
/// however many AWS signs a URL with.
///
/// The name of an unknown parameter is redacted too: in an unescaped secret, the text after `&` looks like one.
struct RedactedQuery {
    let text: String
    /// Nil if nothing was redacted.
    let secret: String?

    static let harmlessParameters: Set = [
        "ssl_cert_reqs", "sslmode", "ssl", "tls", "charset", "encoding", "connect_timeout", "timeout",
        "application_name", "virtual_host", "db",
    ]

    init(_ query: Substring) {
        let parameters = query.split(separator: "&", omittingEmptySubsequences: false)
        let secret = parameters.filter { !Self.isHarmless($0) }.joined(separator: "&")
        let kept = parameters.filter(Self.isHarmless).map(String.init) + (secret.isEmpty ? [] : [Redacted.part])
        text = kept.joined(separator: "&")
        self.secret = secret.isEmpty ? nil : secret
    }

    private static func isHarmless(_ parameter: Substring) -> Bool {
        guard let match = parameter.wholeMatch(of: #/([A-Za-z_]+)=[A-Za-z0-9_.\-]{0,64}/#) else { return false }
        return harmlessParameters.contains(match.1.lowercased())
    }
}
