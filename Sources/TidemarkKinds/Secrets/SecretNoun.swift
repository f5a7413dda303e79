/// The kind of secret that a text has, as a noun for messages, without the secret.
package struct SecretNoun {
    /// `a user name or a password`.
    package let noun: String

    /// Finds what `RedactedText` would redact; nil if it finds nothing.
    package init?(in text: String) {
        guard let part = RedactedText(text).secrets.first?.part else { return nil }
        noun =
            switch part {
            case "user-info": "a user name or a password"
            case "path": "the path of a webhook"
            case "query": "URL parameters that may be secret"
            case "fragment": "a URL fragment that may be secret"
            default: "the credentials of a request"
            }
    }
}
