/// Credentials from the variables that the AWS CLI reads: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
/// `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialProvider {
    private let accessKeyID: String?
    private let secretAccessKey: String?
    private let sessionToken: String?

    public init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            // A trailing newline comes from `$(cat file)` gone wrong; no key contains white space.
            let trimmed = environment[name]?.filter { !$0.isWhitespace } ?? ""
            return trimmed.isEmpty ? nil : trimmed
        }
        accessKeyID = value("AWS_ACCESS_KEY_ID")
        secretAccessKey = value("AWS_SECRET_ACCESS_KEY")
        // The older name comes first, as in botocore.
        sessionToken = value("AWS_SECURITY_TOKEN") ?? value("AWS_SESSION_TOKEN")
    }

    public func credentials() async throws(AWSError) -> Credentials {
        if let found = try load() { return found.credentials }
        throw AWSError(
            kind: .credentials,
            message: complaint
                ?? "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for "
                + "temporary ones")
    }
}

extension EnvironmentCredentials: CredentialSource {
    var name: String { "the environment" }
    public var origin: String { name }

    var complaint: String? {
        guard accessKeyID == nil, secretAccessKey != nil else { return nil }
        return "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both"
    }

    /// The access key's id decides whether the environment counts: a secret alone is passed over, as the AWS CLI does.
    func load() throws(AWSError) -> LoadedCredentials? {
        guard let accessKeyID else { return nil }
        guard let secretAccessKey else {
            throw AWSError(
                kind: .credentials, message: "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both")
        }
        return LoadedCredentials(
            credentials: Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken))
    }
}
