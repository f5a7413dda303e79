import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct RedactedURLTests {
    @Test(arguments: [
        ("REDACTED", true), ("postgres://REDACTED@db", true), ("RREDACTED", true), ("REDREDACTED", true),
        ("REDACTE", false),
        ("REDACTRED", false), ("redacted", false), ("", false),
    ])
    func `a redacted part is found wherever it stands`(text: String, isThere: Bool) {
        #expect(Redacted.isPart(of: text) == isThere)
    }

    @Test(arguments: [
        (
            "postgres://antenna:hunter2@antenna-postgres.c9.us-west-2.rds.amazonaws.com:5432/antenna",
            "postgres://REDACTED@antenna-postgres.c9.us-west-2.rds.amazonaws.com:5432/antenna"
        ),
        (
            "rediss://:hunter2@master.antenna.usw2.cache.amazonaws.com:6379/0?ssl_cert_reqs=none",
            "rediss://REDACTED@master.antenna.usw2.cache.amazonaws.com:6379/0?ssl_cert_reqs=none"
        ), ("redis://cache.example:6379/1", "redis://cache.example:6379/1"),
        ("https://0123456789abcdef@o1.ingest.sentry.io/4507", "https://REDACTED@o1.ingest.sentry.io/REDACTED"),
        ("https://example.org/", "https://example.org/"), ("https://example.org", "https://example.org"),
        ("POSTGRES://a:b@Host.Example/db", "POSTGRES://REDACTED@Host.Example/db"),
        ("postgres://a@[2001:db8::1]:5432/db", "postgres://REDACTED@[2001:db8::1]:5432/db"),
        ("https://example.org/a/b#part", "https://example.org/REDACTED#REDACTED"),
        ("postgres://@host/db?", "postgres://@host/db?"), ("postgres://host/a/b", "postgres://host/REDACTED"),
        ("redis://host/0?SSL_CERT_REQS=none&timeout=5", "redis://host/0?SSL_CERT_REQS=none&timeout=5"),
        ("redis://host/0?ssl_cert_reqs=/etc/key", "redis://host/0?REDACTED"),
    ])
    func `the harmless parts of a URL stay`(url: String, text: String) {
        #expect(RedactedURL(url)?.text == text)
    }

    @Test func `a presigned URL keeps only its scheme and host`() {
        let url = RedactedURL(
            "https://elasticbeanstalk-us-west-2-123456789012.s3.us-west-2.amazonaws.com/antenna/v10.zip"
                + "?X-Amz-Credential=AKIAEXAMPLE%2F20261123&X-Amz-Signature=0badc0de")

        #expect(
            url?.text
                == "https://elasticbeanstalk-us-west-2-123456789012.s3.us-west-2.amazonaws.com/REDACTED?REDACTED"
        )
    }

    @Test(arguments: [
        "", "hunter2", "//user:hunter2@host/db", "postgres:user:hunter2@host", "postgres://", "postgres:///db",
        "postgres://user:hun@ter2@host/db", "postgres://user:hun/ter2@host/db", "postgres://user:hun#ter2@host/db",
        "postgres://user:hun?ter2@host/db", "postgres://user:hun ter2@host/db", "postgres://user:hunter2@host/db\n",
        "\npostgres://user:hunter2@host/db", "postgres://user:hunter2@host:port/db", "postgres://user:hunter2",
        "postgres://user:hunter2%40host/db", "postgres://user:hunter2@/db", "postgres://user:hunter2@ho%st/db",
        "postgres://user:hunter2@host1,host2/db", "postgres://host/db?password=hunter2@",
        "1postgres://a:hunter2@host/db",
        "postgres://user:hunter2\\@host\\db", "postgres://user:hunter2@[::1/db", "postgres://user@host/db#hun@ter2",
        "postgres://user:hunter2@host\u{202E}/db", "postgres ://user:hunter2@host/db",
    ])
    func `a text whose parts are ambiguous is not a URL`(text: String) {
        #expect(RedactedURL(text) == nil)
    }

    @Test func `each secret part has a name of its own`() throws {
        let url = try #require(RedactedURL("https://user:one@host/two?token=three&token=four&five#six"))

        #expect(url.text == "https://REDACTED@host/REDACTED?REDACTED#REDACTED")
        #expect(url.secrets.map(\.text) == ["user:one", "two", "token=three&token=four&five", "six"])
        #expect(url.secrets.map(\.part) == ["user-info", "path", "query", "fragment"])
    }

    @Test func `the name of a secret part reveals nothing of it`() throws {
        // A password in a query, not escaped: what follows its '&' looks like a parameter's name.
        let url = try #require(RedactedURL("redis://host/0?token=s3cr3t&s3cr3t=s3cr3t&timeout=s3cr3t!"))
        #expect(url.secrets.allSatisfy { !$0.part.contains("s3cr3t") })
        #expect(!url.text.contains("s3cr3t"))
    }

    /// The claim that matters most, over everything that careless people put into URLs.
    @Test(arguments: 0..<40)
    func `no piece of a secret survives`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<100 {
            let secret = Self.secret(using: &generator)
            let value = Self.urls(with: secret).randomElement(using: &generator)!
            let stored = RedactedValue.url(.string(value)).stored.canonical
            for piece in Self.pieces(of: secret) {
                #expect(!stored.contains(piece), "\(value) is stored as \(stored)")
            }
        }
    }

    private static func urls(with secret: String) -> [String] {
        let escaped = secret.unicodeScalars.map { $0.properties.isAlphabetic ? String($0) : "%40" }.joined()
        return [secret, escaped].flatMap { secret in
            [
                "postgres://user:\(secret)@host:5432/db", "postgres://\(secret)@host/db?sslmode=require",
                "rediss://:\(secret)@host:6379/0?ssl_cert_reqs=none", "mysql://user:\(secret)@host/db",
                "https://\(secret)@o1.ingest.sentry.io/\(secret)", "https://host/\(secret)",
                "https://host/a/\(secret)?b=c",
                "https://host/?X-Amz-Signature=\(secret)&x=y", "https://host/#\(secret)", "https://host/?\(secret)",
                "redis://host/0?password=\(secret)", "redis://host/0?timeout=5&\(secret)=1&a=\(secret)",
                "host/\(secret)",
                "postgres://user:\(secret)@[::1]:5432/db#\(secret)", "postgres://user:\(secret)@host@host/db",
                "postgres://user:\(secret)%40host:5432/db", "user:\(secret)@host", " postgres://user:\(secret)@host/db",
                "postgres://user:\(secret)@host/db\n", "postgres:///\(secret)",
            ]
        }
    }

    /// A password of letters and of all that means something in a URL.
    private static func secret(using generator: inout SeededGenerator) -> String {
        let hard = [
            "@", "/", "#", "?", ":", "%", " ", "&", "=", "[", "]", "\\", ";", ",", "\n", "é", "@\u{301}", "'", "!", "+",
        ]
        return (0..<Int.random(in: 3...8, using: &generator)).map { _ in
            Bool.random(using: &generator)
                ? hard.randomElement(using: &generator) ?? ""
                : String((0..<7).map { _ in "QWXZJKVY".randomElement(using: &generator) ?? "Q" })
        }.joined()
    }

    /// Every run of six letters; shorter ones may occur in a URL by chance.
    private static func pieces(of secret: String) -> [String] {
        secret.split { !("A"..."Z").contains($0) }.flatMap { run in
            run.indices.compactMap { start in
                run.index(start, offsetBy: 6, limitedBy: run.endIndex).map { String(run[start..<$0]) }
            }
        }
    }
}
