/// The sources of credentials that a profile configures, in botocore's order.
struct ProfileSources {
    let all: [any CredentialSource]

    /// - Parameter readsVariables: Whether the environment may configure a web identity; not if the profile was passed
    ///   as an argument or is the source of another.
    init(_ profile: SharedConfig.Profile, readsVariables: Bool, _ inputs: CredentialInputs) {
        let config = inputs.config
        all = [
            WebIdentityRole(profile: profile, readsVariables: readsVariables, inputs),
            SingleSignOn(profile: profile, inputs),
            ProfileKeys(profile: profile.name, options: profile.credentials, path: config.credentialsPath),
            LoginSession(profile: profile),
            CommandCredentials(profile: profile, inputs),
            ProfileKeys(profile: profile.name, options: profile.config, path: config.configPath),
        ]
    }
}

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
