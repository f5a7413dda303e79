/// A text without the user names and passwords of the URLs in it: `see https://REDACTED@host/path`.
///
/// Descriptions, tags and policies are free text, in which somebody may have written such a URL. What else of a free text is
/// secret cannot be told.
struct UserInfo {
    let text: String
    /// What was cut out, in the order of the text.
    let secrets: [String]

    init(cutFrom text: String) {
        guard text.contains("://"), text.contains("@") else {
            self.text = text
            secrets = []
            return
        }
        var (kept, secrets): (String, [String]) = ("", [])
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            kept += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !"/?#\"'<>`,;(){}".contains($0) && !$0.isWhitespace }
            guard let end = authority.lastIndex(of: "@"), end > authority.startIndex else { continue }
            let userInfo = String(authority[..<end])
            if userInfo != Redacted.part { secrets.append(userInfo) }
            kept += Redacted.part
            rest = rest[end...]
        }
        self.text = kept + rest
        self.secrets = secrets
    }
}
