import StrictJSON
import Tidemark

/// The environment variables of an application whose values may be stored.
///
/// A value is stored only if its variable's name is plain and the value has a harmless form: a variable may contain more than
/// its name says. The secret parts of a URL are redacted, and every other value is redacted whole.
public struct PropertyNames: Sendable, Hashable {
    /// The names that the user declared to be plain.
    public let declaredPlain: Set<String>
    /// The lists of plain names that the user chose.
    public let lists: [PlainNameList]

    /// Creates the list of harmless names: the built-in ones, and those that are declared.
    public init(declaredPlain: Set<String> = [], lists: [PlainNameList] = []) {
        self.declaredPlain = declaredPlain
        self.lists = lists
    }

    private static let plain: Set = ["EB_HEALTHCHECK", "POSTGRES_DB", "POSTGRES_HOST", "POSTGRES_PORT"]
    private static let urls: Set = ["DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SENTRY_DSN"]

    /// The suffix of a decoder's version: a hash of the declared names and the chosen lists, or nothing without any.
    public var version: String {
        let names = Set(declaredPlain).union(lists.flatMap(\.lines).map(String.init))
        guard !names.isEmpty else { return "" }
        return "+plain:" + ContentHash(of: JSON(names.sorted { $0.precedesByUTF8($1) })).hexadecimal
    }

    /// Whether a snapshot with these decoders was taken with the same declared names and lists.
    public func areNamed(in decoders: [Kind: String]) -> Bool {
        decoders.values.allSatisfy { $0.drop { $0 != "+" } == version }
    }

    /// The treatment of a variable's value.
    public func treatment(of name: String, value: JSON?) -> Treatment {
        let isPlain = declaredPlain.contains(name) || Self.plain.contains(name)
        let form = lists.lazy.compactMap { $0.forms[name] }.first
        if isPlain, value.map(Self.isHarmless) ?? true { return .plain }
        if let form, form.treatment(of: value ?? .null) == .plain { return .plain }
        let isURL = (isPlain || form != nil) && value?.string?.contains("://") == true
        return isURL || Self.urls.contains(name) ? .url : .secret
    }

    /// Whether a value has the form of a name, a host, a path, a number, a URL without secrets, or a list of them.
    private static func isHarmless(_ value: JSON) -> Bool {
        guard let text = value.scalarText else { return value.isNull }
        return text.utf8.count <= 2000
            && text.split(separator: ",").allSatisfy { element in
                element.contains("://") ? isHarmlessURL(element) : element.utf8.allSatisfy(isHarmless)
            }
    }

    /// Whether a URL has no secret part; its path may have segments that are made of words.
    private static func isHarmlessURL(_ element: Substring) -> Bool {
        let text = element.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let url = RedactedURL(text), RedactedText(text).secrets.isEmpty else { return false }
        return url.secrets.allSatisfy { part, secret in
            part == "path" && secret.split(separator: "/").allSatisfy(RedactedPath.isWords)
        }
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: " ,.:/_-*[]'\"".utf8.contains(byte)
        }
    }
}
