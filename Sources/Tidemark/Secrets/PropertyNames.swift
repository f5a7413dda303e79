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
        return "+plain:" + ContentHash(of: JSON(declaredPlain.sorted { $0.precedesByUTF8($1) })).abbreviated
    }

    public func treatment(of name: String) -> Treatment {
        if Self.plain.contains(name) || declaredPlain.contains(name) { return .plain }
        return Self.urls.contains(name) ? .url : .secret
    }
}
