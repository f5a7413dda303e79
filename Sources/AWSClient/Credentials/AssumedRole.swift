import StrictJSON

/// The role of a profile with `role_arn`, assumed with the credentials of its `source_profile` or `credential_source`.
///
/// Source: "Assume role credential provider" in the AWS SDKs and Tools Reference Guide, and botocore where the guide is
/// silent.
struct AssumedRole: CredentialSource {
    let profile: SharedConfig.Profile
    /// The chain of profiles up to and including this one.
    let path: [String]
    let inputs: CredentialInputs

    init(_ profile: SharedConfig.Profile, path: [String] = [], _ inputs: CredentialInputs) {
        self.profile = profile
        self.path = path + [profile.name]
        self.inputs = inputs
    }

    var name: String { "" }
    var origin: String { "the role of profile '\(profile.name)'" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        guard profile.hasRole else { return nil }
        let arn = try text("role_arn")
        guard profile.value("mfa_serial") == nil else {
            throw failure(
                "mfa_serial requires a code, which cannot be entered here: use 'aws sts assume-role' or another role")
        }
        let parameters = try parameters(arn)
        let credentials = try await sourceCredentials()
        do throws(AWSError) {
            let request = AWSRequest(service: "sts", operation: "AssumeRole", parameters: parameters)
            let answer = try await inputs.client(credentials).call(request)
            return try LoadedCredentials(answer.value["Credentials"], from: "the answer")
        } catch { throw error.asCredentialError("role '\(arn)' of profile '\(profile.name)' cannot be assumed") }
    }

    private func parameters(_ arn: String) throws(AWSError) -> JSONObject {
        var parameters: JSONObject = [
            "RoleArn": .string(arn), "RoleSessionName": .string(profile["role_session_name"] ?? inputs.sessionName),
        ]
        if let id = profile["external_id"] { parameters["ExternalId"] = .string(id) }
        if let duration = profile["duration_seconds"] {
            guard let seconds = UInt32(duration) else { throw failure("duration_seconds is not a number of seconds") }
            parameters["DurationSeconds"] = JSON(seconds)
        }
        return parameters
    }

    private func sourceCredentials() async throws(AWSError) -> Credentials {
        switch (profile.value("source_profile"), profile.value("credential_source")) {
        case (_?, nil): return try await credentials(ofProfile: text("source_profile"))
        case (nil, _?): return try await credentials(named: text("credential_source"))
        case (_?, _?): throw failure("it has both source_profile and credential_source: remove one")
        case (nil, nil): throw failure("it has neither source_profile nor credential_source: add one")
        }
    }

    private func credentials(named name: String) async throws(AWSError) -> Credentials {
        let source: any CredentialSource
        switch name {
        case "Environment": source = EnvironmentCredentials(inputs.environment)
        case "EcsContainer": source = ContainerCredentials(inputs)
        case "Ec2InstanceMetadata": source = InstanceCredentials(profile: profile, inputs)
        default:
            throw failure(
                "credential_source is '\(name)': write Environment, EcsContainer or Ec2InstanceMetadata")
        }
        if let loaded = try await source.load() { return loaded.credentials }
        throw failure(source.problem ?? "its credential_source '\(name)' has no credentials")
    }

    private func credentials(ofProfile name: String) async throws(AWSError) -> Credentials {
        guard let sourceProfile = inputs.config.profiles[name] else {
            throw failure("its source_profile '\(name)' does not exist")
        }
        // A profile with keys may be its own source: its role takes precedence over its keys.
        guard !path.contains(name) || (name == profile.name && sourceProfile.hasKeys) else {
            throw failure("its source_profile '\(name)' leads back to it: \((path + [name]).joined(separator: " -> "))")
        }
        let sources: [any CredentialSource] =
            sourceProfile.hasKeys || !sourceProfile.hasRole
            ? ProfileSources(sourceProfile, readsVariables: false, inputs).all
            : [AssumedRole(sourceProfile, path: path, inputs)]
        for source in sources {
            if let loaded = try await source.load() { return loaded.credentials }
        }
        throw failure(
            sources.lazy.compactMap(\.problem).first ?? "its source_profile '\(name)' has no credentials")
    }

    /// The value of one line. A line that is indented below it by mistake may be a secret.
    private func text(_ option: String) throws(AWSError) -> String {
        guard let text = profile[option], !text.isEmpty, !text.contains(where: \.isNewline) else {
            throw failure("\(option) has no value, or a value of several lines")
        }
        return text
    }

    private func failure(_ why: String) -> AWSError {
        AWSError(reason: .credentials, message: "the role of profile '\(profile.name)' cannot be assumed: \(why)")
    }
}

extension SharedConfig.Profile {
    /// Whether the role is assumed with other credentials; with a token, `WebIdentityRole` assumes it.
    fileprivate var hasRole: Bool { value("role_arn") != nil && value("web_identity_token_file") == nil }

    fileprivate var hasKeys: Bool { value("aws_access_key_id") != nil || value("aws_secret_access_key") != nil }
}
