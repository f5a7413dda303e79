import StrictJSON

/// A value as it is stored, and the secrets that were cut out of it.
struct RedactedValue {
    var stored: JSON
    var secrets: [CutSecret] = []
}

extension RedactedValue {
    static func text(_ text: String) -> RedactedValue {
        let redacted = RedactedText(text)
        return RedactedValue(stored: .string(redacted.text), secrets: cut(redacted.secrets))
    }

    /// A text that is not a well-formed URL is redacted whole.
    static func url(_ value: JSON) -> RedactedValue {
        guard let text = value.string, let url = RedactedURL(text) else { return whole(value) }
        return RedactedValue(stored: .string(url.text), secrets: cut(url.secrets))
    }

    /// A text that is not a path is redacted whole.
    static func path(_ value: JSON) -> RedactedValue {
        guard let text = value.string, let path = RedactedPath(text) else { return whole(value) }
        return RedactedValue(stored: .string(path.text), secrets: cut(path.secrets))
    }

    static func whole(_ value: JSON) -> RedactedValue {
        // An empty or absent value hides nothing, and that it is empty is worth knowing.
        if value.isNull || ["", [], [:]].contains(value) { return RedactedValue(stored: value) }
        let bytes = value.string.map { Array($0.utf8) } ?? value.canonicalBytes
        return RedactedValue(stored: Redacted.value, secrets: [CutSecret(part: "value", bytes: bytes)])
    }

    private static func cut(_ parts: [(part: String, text: String)]) -> [CutSecret] {
        parts.map { CutSecret(part: $0.part, bytes: Array($0.text.utf8)) }
    }
}
