import Tidemark
import StrictJSON

/// Which of an application's environment variables may be kept as they are.
///
/// A short list of harmless names stays plain, a few are URLs whose harmless parts stay, and every other name is
/// redacted whole: an unknown variable is a secret until somebody says otherwise.
public struct PropertyNames: Sendable, Hashable {
    /// Names that the user declared to be plain, beside the built-in ones.
    public let declaredPlain: Set<String>

    public init(declaredPlain: Set<String> = []) {
        self.declaredPlain = declaredPlain
    }

    private static let plain: Set = [
        "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOWED_HOSTS", "DJANGO_SECURE_SSL_REDIRECT", "DJANGO_DEBUG",
        "EB_HEALTHCHECK", "DJANGO_AWS_STORAGE_BUCKET_NAME", "DJANGO_AWS_S3_REGION_NAME", "POSTGRES_DB",
        "POSTGRES_HOST", "POSTGRES_PORT",
    ]
    private static let urls: Set = ["DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SENTRY_DSN"]

    /// What makes a kind's decoder another one: the declared names, or nothing where there are none.
    public var version: String {
        guard !declaredPlain.isEmpty else { return "" }
        return "+plain:" + ContentHash(of: JSON(declaredPlain.sorted { $0.precedesByUTF8($1) })).hexadecimal
    }

    /// Whether a snapshot with these decoders was taken with the same declared names.
    public func areNamed(in decoders: [Kind: String]) -> Bool {
        decoders.values.allSatisfy { $0.drop { $0 != "+" } == version }
    }

    /// How the value of a variable is stored.
    public func treatment(of name: String, value: JSON?) -> Treatment {
        if declaredPlain.contains(name) { return .plain }
        if Self.plain.contains(name) {
            if value.map(Self.isHarmless) ?? true { return .plain }
            return value?.string?.contains("://") == true ? .url : .secret
        }
        return Self.urls.contains(name) ? .url : .secret
    }

    /// Whether a value has the form that harmless ones have: names, hosts, paths, numbers and lists of them. Somebody may
    /// have put more into a variable than its name says.
    private static func isHarmless(_ value: JSON) -> Bool {
        guard let text = value.scalarText else { return value.isNull }
        return text.utf8.count <= 2000 && !text.contains("://") && text.utf8.allSatisfy(isHarmless)
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
