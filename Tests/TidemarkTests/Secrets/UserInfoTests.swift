import Testing

@testable import Tidemark

struct UserInfoTests {
    @Test(
        arguments: [
            ("nothing of the kind", "nothing of the kind", []), ("mail@example.org", "mail@example.org", []),
            ("https://example.org/a@b", "https://example.org/a@b", []),
            (
                "see https://u:hunter2@example.org/x and ftp://hunter3@h",
                "see https://REDACTED@example.org/x and ftp://REDACTED@h", ["u:hunter2", "hunter3"]
            ),
            ("https://a@b@example.org", "https://REDACTED@example.org", ["a@b"]),
            ("https://REDACTED@example.org", "https://REDACTED@example.org", []), ("a://", "a://", []),
            ("(https://u:p@h)", "(https://REDACTED@h)", ["u:p"]), ("https://@h", "https://@h", []),
        ] as [(String, String, [String])])
    func `user names and passwords are cut out of the URLs in a text`(text: String, kept: String, secrets: [String]) {
        let cut = UserInfo(cutFrom: text)
        #expect(cut.text == kept)
        #expect(cut.secrets == secrets)
    }
}
