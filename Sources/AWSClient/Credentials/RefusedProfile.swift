/// Stands in the chain for ways to credentials that this client does not know, so that a profile that wants one of them
/// is not taken for another identity.
struct RefusedProfile: CredentialSource {
    let profile: SharedConfig.Profile
    let options: [String]

    var name: String { "profile '\(profile.name)'" }

    func load() throws(AWSError) -> LoadedCredentials? {
        guard let option = options.first(where: { profile.value($0) != nil }) else { return nil }
        throw AWSError(
            kind: .credentials,
            message: "\(name) has \(option), which this program does not support: use a profile with keys, or set "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    }
}
