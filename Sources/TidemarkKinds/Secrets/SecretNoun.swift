/// The kind of secret in a text that the user passes, as a noun for messages, without the secret.
package struct SecretNoun {
    /// `a user name or a password`.
    package let noun: String

    /// Finds what `RedactedText` would redact, but for the parameters with which CI systems name a run; nil if it finds nothing.
    package init?(in text: String) {
        guard let part = RedactedText(text).secrets.first(where: { !Self.namesRun($0) })?.part else { return nil }
        noun =
            switch part {
            case "user-info": "a user name or a password"
            case "path": "the path of a webhook"
            case "query": "URL parameters that may be secret"
            case "fragment": "a URL fragment that may be secret"
            default: "the credentials of a request"
            }
    }

    /// Azure Pipelines names a run `?buildId=77&view=results`, TeamCity `?buildTypeId=a&buildId=77`.
    private static let runParameters: Set = [
        "attempt", "build", "buildid", "buildtypeid", "id", "job", "jobid", "number", "pipeline", "pipelineid", "run",
        "runid", "stage", "tab", "view",
    ]

    private static func namesRun(_ secret: (part: String, text: String)) -> Bool {
        secret.part == "query"
            && secret.text.split(separator: "&").allSatisfy { parameter in
                guard let match = parameter.wholeMatch(of: /([A-Za-z]+)=[A-Za-z0-9_.\-]{1,32}/) else { return false }
                return runParameters.contains(match.1.lowercased())
            }
    }
}
