extension StringProtocol {
    /// The text on one line of a terminal: control characters, which could rewrite what is shown, become `\u{…}`.
    package var printable: String {
        let text = String(self)
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
        return text.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension JSON {
    /// The text of a scalar as people write it; nil for null, a list or a map.
    public var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.lexeme
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
