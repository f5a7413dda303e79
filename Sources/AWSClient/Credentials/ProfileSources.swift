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
