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

/// An XML element with its content.
struct JUnitElement {
    let name: String
    let attributes: [(String, String)]
    let text: String
    let children: [JUnitElement]

    init(_ name: String, _ attributes: [(String, String)], text: String = "", _ children: [JUnitElement] = []) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The element as lines.
    func lines(indent: String = "") -> [String] {
        let pairs = attributes.map { " \($0.0)=\"\(XMLText.escaped($0.1, inAttribute: true))\"" }.joined()
        if !text.isEmpty {
            return ["\(indent)<\(name)\(pairs)>\(XMLText.escaped(text, inAttribute: false))</\(name)>"]
        }
        if children.isEmpty { return ["\(indent)<\(name)\(pairs)/>"] }
        return ["\(indent)<\(name)\(pairs)>"] + children.flatMap { $0.lines(indent: indent + "  ") }
            + ["\(indent)</\(name)>"]
    }
}
