/// Escapes for texts within XML 1.0.
///
/// Source: <https://www.w3.org/TR/xml/>, sections 2.2 (characters), 2.4 (markup) and 3.3.3 (attributes).
enum XMLText {
    /// The text as content or as an attribute's value. White space other than the space is escaped, because a reader would
    /// normalize it; a character that XML cannot contain becomes U+FFFD.
    static func escaped(_ text: String, inAttribute: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"" where inAttribute: escaped += "&quot;"
            case "\t" where inAttribute, "\n" where inAttribute, "\r": escaped += "&#\(scalar.value);"
            case _ where isForbidden(scalar): escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD: false
        case 0..<0x20, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
