/// Credentials from the variables that the AWS CLI reads: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
/// `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialProvider {
    private let found: Credentials?
    private let problem: String

    public init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            // A trailing newline comes from `$(cat file)` gone wrong; no key contains white space.
            let trimmed = environment[name]?.filter { !$0.isWhitespace } ?? ""
            return trimmed.isEmpty ? nil : trimmed
        }
        let accessKeyID = value("AWS_ACCESS_KEY_ID")
        let secretAccessKey = value("AWS_SECRET_ACCESS_KEY")
        if let accessKeyID, let secretAccessKey {
            found = Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: value("AWS_SESSION_TOKEN"))
        } else {
            found = nil
        }
        problem =
            switch (accessKeyID, secretAccessKey) {
            case (nil, .some): "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both"
            case (.some, nil): "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both"
            default:
                "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for "
                    + "temporary ones"
            }
    }

    public func credentials() async throws(AWSError) -> Credentials {
        guard let found else { throw AWSError(kind: .credentials, message: problem) }
        return found
    }
}
