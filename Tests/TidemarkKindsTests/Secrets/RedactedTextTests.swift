import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct RedactedTextTests {
    @Test(arguments: [
        "nothing of the kind", "mail@example.org", "mailto:mail@example.org", "https://example.org/a@b", "a://",
        "https://@h",
        "https://REDACTED@example.org", "https://a.example,https://b.example/c@d", "mongodb://h1:27017,h2:27017/db",
        "https://example.org/page.html#anchor", "https://host/?", "https://example.org:8080/",
        "https://[2001:db8::1]:8080/a@b",
        "is that so? yes", "12:30 @ home", "registry.example.org:5000/antenna:v10@sha256:0123456789abcdef",
        "redis:7@sha256:12345",
        "arn:aws:secretsmanager:us-west-2:123456789012:secret:a@b-AbCdEf", "arn:aws:s3:::bucket/?x=*",
        "AROAEXAMPLEEXAMPLE:jane@example.org", "redis://host/0?timeout=5&db=1", "/aws/elasticbeanstalk/antenna/web.log",
        "https://github.com/antenna/backend/commit/0123456789abcdef0123456789abcdef01234567",
        "Authorization is required",
        "the bearer of this", "",
    ])
    func `a text without a secret stays as it is`(text: String) {
        #expect(RedactedText(text).text == text)
        #expect(RedactedText(text).secrets.isEmpty)
    }

    @Test(
        arguments: [
            (
                "see https://u:S@example.org/x and ftp://S@h",
                "see https://REDACTED@example.org/x and ftp://REDACTED@h",
                "user-info", "u:S\0S"
            ), ("https://a@S@example.org", "https://REDACTED@example.org", "user-info", "a@S"),
            ("(https://u:S@h)", "(https://REDACTED@h)", "user-info", "u:S"),
            ("amqp://u:S@h1,amqp://u:S@h2", "amqp://REDACTED@h1,amqp://REDACTED@h2", "user-info", "u:S\0u:S"),
            ("https:\\/\\/u:S@h\\/a", "https:\\/\\/REDACTED@h\\/a", "user-info", "u:S"),
            ("postgres://u:S/x@h/db", "postgres://REDACTED@h/db", "user-info", "u:S/x"),
            ("postgres://u:S\"x@h/db", "postgres://REDACTED@h/db", "user-info", "u:S\"x"),
            ("cut off: https://u:S", "cut off: https://REDACTED", "user-info", "u:S"),
            ("DB=u:S@db.example.org/a", "DB=REDACTED@db.example.org/a", "user-info", "u:S"),
            ("u:S@h", "REDACTED@h", "user-info", "u:S"), (":S@[::1]:6379", "REDACTED@[::1]:6379", "user-info", ":S"),
            ("https://h/x?password=S", "https://h/x?REDACTED", "query", "password=S"),
            ("https://h/x?timeout=5&k=S#a", "https://h/x?timeout=5&REDACTED", "query", "k=S#a"),
            ("https://h?S", "https://h?REDACTED", "query", "S"),
            ("/health?token=S", "/health?REDACTED", "query", "token=S"),
            ("/health?S", "/health?REDACTED", "query", "S"),
            ("see index.php?k=S.", "see index.php?REDACTED", "query", "k=S."),
            (
                "jdbc:sqlserver://h:1433;user=u;password=S", "jdbc:sqlserver://h:1433;REDACTED", "query",
                "user=u;password=S"
            ),
            ("https://h/a;jsessionid=S?b", "https://h/a;REDACTED", "query", "jsessionid=S?b"),
            ("https://h/a&token=S", "https://h/a&REDACTED", "query", "token=S"),
            ("//u:S@h/a", "//REDACTED@h/a", "user-info", "u:S"),
            ("https://h/#access_token=S", "https://h/#REDACTED", "fragment", "access_token=S"),
            (
                "https://hooks.slack.com/services/T0/B0/S", "https://hooks.slack.com/REDACTED", "path",
                "services/T0/B0/S"
            ),
            ("https://discord.com/api/webhooks/1/S", "https://discord.com/REDACTED", "path", "api/webhooks/1/S"),
            ("https://a.webhook.office.com/b/S?x", "https://a.webhook.office.com/REDACTED?REDACTED", "path", "b/S"),
            ("https://api.telegram.org:443/botS/send", "https://api.telegram.org:443/REDACTED", "path", "botS/send"),
            ("Authorization: Basic dTpz", "Authorization: Basic REDACTED", "credentials", "dTpz"),
            ("{\"authorization\":\"S\"}", "{\"authorization\":\"REDACTED", "credentials", "S\"}"),
            ("send Bearer 0123456789abcdef.S!", "send Bearer REDACTED!", "credentials", "0123456789abcdef.S"),
        ] as [(String, String, String, String)])
    func `the secrets of URLs and headers are cut out of a text`(
        text: String, kept: String, part: String, secret: String
    ) {
        let redacted = RedactedText(text)
        #expect(redacted.text == kept)
        let cut = redacted.secrets.first { $0.part == part }
        #expect(cut?.text == secret)
        #expect(RedactedText(redacted.text).text == redacted.text)
    }

    /// RFC 3986 section 3.2.1: unreserved characters, `pct-encoded`, `sub-delims` and `:`.
    @Test(arguments: "-._~%!$&'()*+,;=:".map(String.init))
    func `a password may have any character that RFC 3986 allows`(character: String) {
        expectRedaction(of: character, in: ["https://user:", "(postgres://", "see ftp://u:"])
    }

    @Test(arguments: "{}[]@|\\^`<>\"é".map(String.init) + ["/x", "?x", "#x"])
    func `a password may have any other character after a user's name`(character: String) {
        expectRedaction(of: character, in: ["https://user:", "(postgres://a:", "see ftp://u:"])
    }

    private func expectRedaction(of character: String, in starts: [String]) {
        for password in ["SECRET\(character)", "\(character)SECRET", "SE\(character)CRET"] {
            for start in starts {
                let kept = RedactedText("\(start)\(password)@host/path").text
                #expect(
                    !kept.contains("SE") && !kept.contains("CRET"), "\(start)\(password)@host/path is stored as \(kept)"
                )
            }
        }
    }

    @Test func `a long text is read once`() {
        // Each of its URLs could have a password that ends anywhere behind it.
        let text = String(repeating: "a://b:c/", count: 20_000)
        #expect(RedactedText(text).text == text)
    }

    @Test(arguments: 0..<40)
    func `no piece of a secret survives`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let characters = Array("QWXZJKVY0123456789-._~!$&'()*+,;=:%")
        for _ in 0..<50 {
            let secret =
                "QWXZJ" + (0..<12).map { _ in String(characters.randomElement(using: &generator) ?? "Q") }.joined()
            let text = try #require(
                [
                    "https://user:\(secret)@host/path", "x=https://\(secret)@host,b",
                    "user:\(secret)@db.example.org:5432",
                    "https://host/a?\(secret)", "https://host/a?a=b&c=\(secret)", "/health?key=\(secret)",
                    "https://hooks.slack.com/services/\(secret)", "https://host/#token=\(secret)",
                    "Authorization: Basic \(secret)", "curl -H 'Authorization: \(secret)' https://host",
                ].randomElement(using: &generator))
            let kept = RedactedText(text).text
            #expect(!kept.contains("QWXZJ"), "\(text) is stored as \(kept)")
        }
    }
}
