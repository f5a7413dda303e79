/// Redacts possible passwords in a text about a connection.
///
/// libcurl quotes a proxy's URL that it cannot use. Such a URL may be malformed: a password may contain a slash, a
/// quote or a space. So only the scheme of a quoted proxy is kept, and everything before the last `@` of a text is
/// redacted from the first position where a URL can begin.
enum UserInfo {
    static func redact(in text: String) -> String {
        var text = text
        if text.lowercased().contains("proxy"), let open = text.firstIndex(of: "'"),
            let close = text.lastIndex(of: "'"), open < close
        {
            text.replaceSubrange(schemeEnd(text, from: text.index(after: open))..<close, with: "REDACTED")
        }
        if let at = text.lastIndex(of: "@") {
            let quote = text[..<at].firstIndex(of: "'").map { text.index(after: $0) }
            let colon = text[..<at].firstRange(of: ": ")?.upperBound
            let start = [quote, colon].compactMap(\.self).min() ?? text.startIndex
            text.replaceSubrange(schemeEnd(text, from: start)..<at, with: "REDACTED")
        }
        return text
    }

    /// The index after `https://`, if `start` points to a scheme.
    private static func schemeEnd(_ text: String, from start: String.Index) -> String.Index {
        let rest = text[start...]
        let scheme = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        guard !scheme.isEmpty, rest[scheme.endIndex...].hasPrefix("://") else { return start }
        return text.index(scheme.endIndex, offsetBy: 3)
    }
}
