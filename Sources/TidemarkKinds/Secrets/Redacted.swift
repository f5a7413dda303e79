import StrictJSON

/// The replacements for secrets in a description.
public enum Redacted {
    /// The constant in the place of a whole value.
    public static let value: JSON = ["redacted": true]
    /// The literal in the place of a part of a URL.
    public static let part = "REDACTED"

    /// Whether a part of a text was redacted. Compares bytes, since every compared value is checked.
    package static func isPart(of text: String) -> Bool {
        let wanted = part.utf8
        var next = wanted.startIndex
        for byte in text.utf8 {
            // The first letter occurs once in it, so after a mismatch the next match can begin at once.
            if byte != wanted[next] { next = wanted.startIndex }
            if byte == wanted[next] { next = wanted.index(after: next) }
            if next == wanted.endIndex { return true }
        }
        return false
    }
}

extension JSON {
    /// Whether any of it was redacted.
    package var holdsRedacted: Bool {
        if self == Redacted.value { return true }
        switch self {
        case .string(let text): return Redacted.isPart(of: text)
        case .array(let elements): return elements.contains(where: \.holdsRedacted)
        case .object(let object):
            return object.members.contains { Redacted.isPart(of: $0.key) || $0.value.holdsRedacted }
        case .null, .bool, .number: return false
        }
    }
}

/// How a value that may be secret is stored.
public enum Treatment: Sendable, Hashable {
    /// Kept, but for the secrets that any text may hold.
    case plain
    /// Redacted whole.
    case secret
    /// A URL: its secret parts are redacted. A text that is not a well-formed URL is redacted whole.
    case url
    /// As `url`, for one that AWS signs anew each time: its secret parts have no fingerprint.
    case presignedURL
    /// A path to request: its secret parts are redacted. A text that is not a path is redacted whole.
    case path
}

/// A secret that was cut out of a description at the door: where it stood, and its bytes, for the fingerprint.
public struct CutSecret: Sendable, Hashable {
    /// Where in the facet: `[aws:elasticbeanstalk:application:environment/DATABASE_URL].Value`. It holds no secret: the keys
    /// in it are those of the redacted elements.
    public let path: AttributePath
    /// Which part of the value: one of `parts`.
    public let part: String
    package let bytes: [UInt8]

    /// The whole value, the parts of a URL, and what a header says.
    static let parts = ["value", "user-info", "path", "query", "fragment", "credentials"]

    package init(path: AttributePath = AttributePath(), part: String, bytes: [UInt8]) {
        self.path = path
        self.part = part
        self.bytes = bytes
    }

    /// The same secret, seen from what holds the value.
    func within(_ step: AttributePath.Step) -> CutSecret {
        CutSecret(path: AttributePath([step] + path.steps), part: part, bytes: bytes)
    }
}

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
