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
    /// Whether any part of the value was redacted.
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
