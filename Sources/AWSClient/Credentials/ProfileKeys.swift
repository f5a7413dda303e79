/// The key pair of a profile in one of the shared files.
struct ProfileKeys: CredentialSource {
    let profile: String
    /// The options of this file alone: a pair is never combined from two files.
    let options: SharedConfig.Options
    let path: String

    var name: String { "profile '\(profile)' in '\(path)'" }

    var problem: String? {
        guard options["aws_access_key_id"] == nil, options["aws_secret_access_key"] != nil else { return nil }
        return "\(name) has aws_secret_access_key, but no aws_access_key_id: write both"
    }

    /// Loads the keys if there is an access key's id. As in the environment, a secret key alone is ignored.
    func load() throws(AWSError) -> LoadedCredentials? {
        guard let id = options["aws_access_key_id"] else { return nil }
        let credentials = Credentials(
            accessKeyID: try text(id, "aws_access_key_id"),
            secretAccessKey: try text(options["aws_secret_access_key"], "aws_secret_access_key"),
            sessionToken: sessionToken)
        return LoadedCredentials(credentials: credentials)
    }

    /// Like botocore, prefer the older name.
    private var sessionToken: String? {
        let token = options["aws_security_token"] ?? options["aws_session_token"]
        return token?.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func text(_ value: INIValue?, _ option: String) throws(AWSError) -> String {
        // A line break comes from a line that is indented by mistake; no key contains white space.
        if let text = value?.text, !text.isEmpty, !text.contains(where: \.isWhitespace) { return text }
        let problem = value == nil ? "has no" : "has no valid"
        throw AWSError(reason: .credentials, message: "\(name) \(problem) \(option): write both keys")
    }
}
