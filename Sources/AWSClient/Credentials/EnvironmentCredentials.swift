/// The credentials in the variables of the AWS CLI: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
/// `AWS_SESSION_TOKEN`.
public struct EnvironmentCredentials: CredentialProvider {
    private let accessKeyID: String?
    private let secretAccessKey: String?
    private let sessionToken: String?

    /// Reads the variables of a process.
    public init(_ environment: [String: String]) {
        func value(_ name: String) -> String? {
            // A newline at the end is a common mistake with `$(cat file)`; no key contains white space.
            let trimmed = environment[name]?.filter { !$0.isWhitespace } ?? ""
            return trimmed.isEmpty ? nil : trimmed
        }
        accessKeyID = value("AWS_ACCESS_KEY_ID")
        secretAccessKey = value("AWS_SECRET_ACCESS_KEY")
        // Like botocore, prefer the older name.
        sessionToken = value("AWS_SECURITY_TOKEN") ?? value("AWS_SESSION_TOKEN")
    }

    /// Returns the keys in the variables.
    /// - Throws: `AWSError` with reason `credentials` that names the variables to set.
    public func credentials() async throws(AWSError) -> Credentials {
        if let found = try load() { return found.credentials }
        throw AWSError(
            reason: .credentials,
            message: problem
                ?? "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN for "
                + "temporary ones")
    }
}

extension EnvironmentCredentials: CredentialSource {
    var name: String { "the environment" }
    /// `the environment`.
    public var origin: String { name }

    var problem: String? {
        guard accessKeyID == nil, secretAccessKey != nil else { return nil }
        return "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both"
    }

    /// Loads the keys if there is an access key's id. Like the AWS CLI, a secret key alone is ignored.
    func load() throws(AWSError) -> LoadedCredentials? {
        guard let accessKeyID else { return nil }
        guard let secretAccessKey else {
            throw AWSError(
                reason: .credentials, message: "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both")
        }
        return LoadedCredentials(
            credentials: Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken))
    }
}
