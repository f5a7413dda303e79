/// A placeholder for `login_session`, which this client does not support. It fails, so that the profile is not resolved
/// to another identity.
struct LoginSession: CredentialSource {
    let profile: SharedConfig.Profile

    var name: String { "" }

    func load() throws(AWSError) -> LoadedCredentials? {
        guard profile.value("login_session") != nil else { return nil }
        throw AWSError(
            reason: .credentials,
            message:
                "the login_session of profile '\(profile.name)' cannot be used: this client does not support 'aws login': "
                + "add credential_process = aws configure export-credentials --profile '\(profile.name)' to another profile"
        )
    }
}
