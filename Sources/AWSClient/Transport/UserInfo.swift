/// Cuts what may be a password out of a text about a connection.
///
/// libcurl quotes a proxy's URL that it cannot use. Such a URL need not be well-formed: a password may hold a slash, a
/// quote or a space. So of a quoted proxy only the scheme is kept, and everything before the last `@` of a text is cut
/// from where a URL can begin.
enum UserInfo {
    static func cut(from text: String) -> String {
        var text = text
        if text.lowercased().contains("proxy"), let open = text.firstIndex(of: "'"),
            let close = text.lastIndex(of: "'"), open < close
        {
            text.replaceSubrange(schemeEnd(text, from: text.index(after: open))..<close, with: "REDACTED")
        }
        if let mark = text.lastIndex(of: "@") {
            let quote = text[..<mark].firstIndex(of: "'").map { text.index(after: $0) }
            let colon = text[..<mark].firstRange(of: ": ")?.upperBound
            let start = [quote, colon].compactMap(\.self).min() ?? text.startIndex
            text.replaceSubrange(schemeEnd(text, from: start)..<mark, with: "REDACTED")
        }
        return text
    }

    /// The place behind `https://`, if that stands at `start`.
    private static func schemeEnd(_ text: String, from start: String.Index) -> String.Index {
        let rest = text[start...]
        let scheme = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
        guard !scheme.isEmpty, rest[scheme.endIndex...].hasPrefix("://") else { return start }
        return text.index(scheme.endIndex, offsetBy: 3)
    }
}
