/// The ARN of a secret: `arn:aws:secretsmanager:us-west-2:123456789012:secret:antenna/database-AbCdEf`. A reference to one key or
/// version of the secret has them after the ARN.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>.
package struct SecretARN: Hashable {
    let text: String
    package let region: String

    /// The ARNs of secrets that a text contains.
    package static func all(in text: String) -> [String] {
        text.matches(of: pattern).map { String($0.0) }
    }

    package init?(_ text: String) {
        guard let match = text.wholeMatch(of: Self.pattern) else { return nil }
        self.text = text
        region = String(match.1)
    }

    private static var pattern: Regex<(Substring, Substring)> {
        #/arn:aws[a-z\-]*:secretsmanager:([a-z0-9\-]+):[0-9]{12}:secret:[A-Za-z0-9\/_+=.@\-]+/#
    }
}
