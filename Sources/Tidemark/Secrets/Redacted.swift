import StrictJSON

/// What stands in a description where a secret stood.
public enum Redacted {
    /// The constant in the place of a whole value.
    public static let value: JSON = ["redacted": true]
    /// The literal in the place of a part of a URL.
    public static let part = "REDACTED"

    /// Whether a part of a text was redacted. By bytes, since every value that is compared is asked.
    static func isPart(of text: String) -> Bool {
        let wanted = part.utf8
        var next = wanted.startIndex
        for byte in text.utf8 {
            // Its first letter stands in it only once, so that after a wrong letter the next part can begin at once.
            if byte != wanted[next] { next = wanted.startIndex }
            if byte == wanted[next] { next = wanted.index(after: next) }
            if next == wanted.endIndex { return true }
        }
        return false
    }
}

/// How a value that may be secret is stored.
public enum Treatment: Sendable, Hashable {
    case plain
    /// Redacted whole.
    case secret
    /// A URL: its secret parts are redacted. A text that is no well-formed URL is redacted whole.
    case url
    /// As `url`, for one that AWS signs anew each time: its secret parts have no fingerprint.
    case presignedURL
}

/// A secret that was cut out of a description at the door: where it stood, and its bytes, for the fingerprint.
public struct CutSecret: Sendable, Hashable {
    /// Where in the facet: `[aws:elasticbeanstalk:application:environment/DATABASE_URL].Value`.
    public let path: AttributePath
    /// Which part of the value: one of `parts`.
    public let part: String
    public let bytes: [UInt8]

    /// The whole value, and the parts of a URL.
    static let parts = ["value", "user-info", "path", "query", "fragment"]

    public init(path: AttributePath, part: String, bytes: [UInt8]) {
        self.path = path
        self.part = part
        self.bytes = bytes
    }
}

extension Treatment {
    /// The value as it is stored, and the secrets that were cut out of it.
    func apply(to value: JSON, at path: AttributePath) -> (JSON, [CutSecret]) {
        switch self {
        case .plain: (value, [])
        case .secret: Self.redactWhole(value, at: path)
        case .url: Self.redactURL(value, at: path)
        // AWS signs it anew each time, so that a fingerprint would always be another one.
        case .presignedURL: (Self.redactURL(value, at: path).0, [])
        }
    }

    private static func redactURL(_ value: JSON, at path: AttributePath) -> (JSON, [CutSecret]) {
        guard let text = value.string, let url = RedactedURL(text) else { return redactWhole(value, at: path) }
        return (
            .string(url.text),
            url.secrets.map { CutSecret(path: path, part: $0.part, bytes: Array($0.text.utf8)) }
        )
    }

    private static func redactWhole(_ value: JSON, at path: AttributePath) -> (JSON, [CutSecret]) {
        // An empty or absent value hides nothing, and that it is empty is worth knowing.
        if value.isNull || ["", [], [:]].contains(value) { return (value, []) }
        let bytes = value.string.map { Array($0.utf8) } ?? value.canonicalBytes
        return (Redacted.value, [CutSecret(path: path, part: "value", bytes: bytes)])
    }
}
