import StrictJSON

/// A role that is assumed with a token of another identity provider, such as GitHub Actions or EKS. The token is a file
/// that `AWS_WEB_IDENTITY_TOKEN_FILE` or the profile names. The call itself is not signed.
///
/// Source: "Assume role credential provider" in the AWS SDKs and Tools Reference Guide.
struct WebIdentityRole: CredentialSource {
    private let profile: SharedConfig.Profile
    private let readsVariables: Bool
    private let inputs: CredentialInputs

    init(profile: SharedConfig.Profile, readsVariables: Bool, _ inputs: CredentialInputs) {
        self.profile = profile
        self.readsVariables = readsVariables
        self.inputs = inputs
    }

    var name: String { readsVariables ? "a web identity" : "" }
    var origin: String { "a web identity" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        guard let file = value("web_identity_token_file", "AWS_WEB_IDENTITY_TOKEN_FILE"), !file.isEmpty else {
            return nil
        }
        guard let arn = value("role_arn", "AWS_ROLE_ARN"), !arn.isEmpty, !arn.contains(where: \.isNewline) else {
            throw AWSError(
                reason: .credentials,
                message: "'\(file)' has a web identity token, but there is no role: set AWS_ROLE_ARN, or role_arn in "
                    + "profile '\(profile.name)'")
        }
        let token = try token(file)
        let request = AWSRequest(
            service: "sts", operation: "AssumeRoleWithWebIdentity",
            parameters: [
                "RoleArn": .string(arn), "WebIdentityToken": .string(token),
                "RoleSessionName": .string(value("role_session_name", "AWS_ROLE_SESSION_NAME") ?? inputs.sessionName),
            ])
        do throws(AWSError) {
            let answer = try await inputs.client(NoCredentials()).call(request)
            return try LoadedCredentials(answer.value["Credentials"], from: "the answer")
        } catch {
            let scrubbed = AWSError(
                reason: error.reason, code: error.code, status: error.status,
                message: Scrubber(secrets: [token])(error.message))
            throw scrubbed.asCredentialError("role '\(arn)' cannot be assumed with the web identity in '\(file)'")
        }
    }

    /// The value of the variable, else of the profile; a variable that is set but empty overrides the profile.
    private func value(_ option: String, _ variable: String) -> String? {
        (readsVariables ? inputs.environment[variable] : nil) ?? profile[option]
    }

    /// Reads the token each time, because its issuer refreshes the file.
    private func token(_ file: String) throws(AWSError) -> String {
        guard let bytes = try inputs.files.read(file) else {
            throw AWSError(
                reason: .credentials, message: "there is no web identity token in '\(file)': it is not a file")
        }
        let token = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard !token.isEmpty else {
            throw AWSError(
                reason: .credentials, message: "there is no web identity token in '\(file)': the file is empty")
        }
        return token
    }
}

/// A provider for calls that need no credentials.
private struct NoCredentials: CredentialProvider {
    func credentials() async throws(AWSError) -> Credentials {
        throw AWSError(reason: .credentials, message: "this call is made without credentials")
    }
}
