import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct RedactedPathTests {
    @Test(arguments: [
        "", "/", "/api/v2/", "/health-check.php", "/.well-known/health", "/healthCheck", "/API/ping", "/2024/status",
        "TCP:80",
        "HTTPS:443/", "HTTP:8080/health", "/v1.0/up",
    ])
    func `a path of words stays as it is`(path: String) {
        #expect(RedactedPath(path)?.text == path)
        #expect(RedactedPath(path)?.secrets.isEmpty == true)
    }

    @Test(arguments: [
        ("/health?token=hunter2", "/health?REDACTED"), ("/?a=b&c=d", "/?REDACTED"), ("/health?", "/health?"),
        ("?token=hunter2", "?REDACTED"), ("HTTP:80/health?key=hunter2", "HTTP:80/health?REDACTED"),
        ("/health#hunter2", "/health#REDACTED"), ("/up?timeout=5&token=hunter2", "/up?timeout=5&REDACTED"),
        ("/hooks/7f3b9c2d1e4a5b6c/up", "/hooks/REDACTED/up"),
        ("/user:hunter2@host/x", "/REDACTED/x"),
        ("/a;session=hunter2", "/REDACTED"), ("/%68unter2", "/REDACTED"), ("/pathSecret0001", "/REDACTED"),
        ("/550e8400-e29b-41d4-a716-446655440000", "/REDACTED"), ("/T0K3N/B0K3N", "/REDACTED/REDACTED"),
    ])
    func `query, fragment and other characters are redacted`(path: String, text: String) {
        #expect(RedactedPath(path)?.text == text)
    }

    @Test(arguments: [
        "hunter2", "health", "FTP:21/", "HTTP:hunter2/", "/a b", "/a\n", "https://host/x", "HTTP://user:hunter2@host/x",
        "HTTP:123456/",
    ])
    func `a text of another form is not a path`(path: String) {
        #expect(RedactedPath(path) == nil)
    }

    @Test func `removed secrets have one location for each part`() throws {
        let secrets = try #require(RedactedPath("/7f3b9c2d1e/up/8a4c0d3e2f?token=hunter2#part")).secrets
        #expect(secrets.map(\.part) == ["path", "query", "fragment"])
        #expect(secrets.map(\.text) == ["7f3b9c2d1e/8a4c0d3e2f", "token=hunter2", "part"])
        #expect(secrets.allSatisfy { CutSecret.parts.contains($0.part) })
    }
}
