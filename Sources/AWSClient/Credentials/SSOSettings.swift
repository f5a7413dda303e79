/// The settings for single sign-on in a profile and its `sso-session`.
struct SSOSettings: Sendable, Hashable {
    let profile: String
    let startURL: String
    let region: String
    let accountID: String
    let roleName: String
    /// The name of the `sso-session`; without one the token is identified by the start URL.
    let session: String?

    init(_ profile: SharedConfig.Profile, in config: SharedConfig) throws(AWSError) {
        var shared: SharedConfig.Options = [:]
        if let session = profile["sso_session"] {
            guard let found = config.sessions[session] else {
                throw Self.failure(profile, "there is no section '[sso-session \(session.prefix { !$0.isNewline })]'")
            }
            shared = found
        }
        func value(_ option: String) throws(AWSError) -> String {
            let (own, common) = (profile.value(option), shared[option])
            if let own, let common, own != common {
                throw Self.failure(profile, "it and its sso-session do not agree on \(option)")
            }
            guard let text = (own ?? common)?.text, !text.isEmpty, !text.contains(where: \.isNewline) else {
                throw Self.failure(profile, "\(option) is missing")
            }
            return text
        }
        self.profile = profile.name
        session = profile["sso_session"]
        startURL = try value("sso_start_url")
        region = try value("sso_region")
        accountID = try value("sso_account_id")
        roleName = try value("sso_role_name")
    }

    private static func failure(_ profile: SharedConfig.Profile, _ why: String) -> AWSError {
        AWSError(reason: .credentials, message: "profile '\(profile.name)' cannot sign on: \(why)")
    }
}
