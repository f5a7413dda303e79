/// The settings for calling AWS from the environment and the shared files: credentials, region, endpoints.
///
/// Precedence is that of version 2 of the AWS CLI: arguments, then variables, then the profile. Keys in the environment
/// take precedence over a profile that a variable names, but not over one that is passed as an argument.
public struct AWSSettings: Sendable {
    let environment: [String: String]
    let config: SharedConfig
    let profile: SharedConfig.Profile
    let isProfilePassed: Bool
    let files: ClientFiles
    let commands: ClientCommands
    private var endpointOfS3: ConfiguredEndpoint?
    /// The number of attempts for a failed call: `AWS_MAX_ATTEMPTS`, else the profile's `max_attempts`, else three.
    public let retries: RetryPolicy

    /// Reads the shared files.
    /// - Parameters:
    ///   - environment: The variables of the process.
    ///   - profile: The profile to use; nil for `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    ///   - files: The file system.
    ///   - commands: The runner of a profile's `credential_process`.
    /// - Throws: `AWSError` with reason `credentials` if a file cannot be read or the named profile does not exist;
    ///   with reason `invalid` if the number of attempts is not a positive integer.
    public init(
        _ environment: [String: String], profile: String? = nil, files: ClientFiles = .system,
        commands: ClientCommands = .system
    ) throws(AWSError) {
        self.environment = environment
        self.files = files
        self.commands = commands
        isProfilePassed = profile != nil
        config = try SharedConfig(environment, files: files)
        if let name = profile ?? environment.first(of: "AWS_PROFILE", "AWS_DEFAULT_PROFILE") {
            self.profile = try config.profile(named: name)
        } else {
            self.profile = config.profiles["default"] ?? SharedConfig.Profile(name: "default")
        }
        retries = try RetryPolicy(environment, self.profile)
    }

    /// The region to use: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else the profile's; nil if none is set.
    public var region: String? {
        environment.first(of: "AWS_REGION", "AWS_DEFAULT_REGION") ?? profile["region"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The endpoints to use: AWS's own, or those that the environment or the profile configures.
    public var endpoints: Endpoints {
        let endpoints = Endpoints(environment, profile: ProfileEndpoints(profile, in: config))
        return endpointOfS3.map { endpoints.with($0, for: "S3") } ?? endpoints
    }

    /// The same settings with another endpoint for S3, which takes precedence over the configured ones.
    /// - Parameters:
    ///   - url: The `http` or `https` URL of the endpoint; a call fails with reason `invalid` for another text.
    ///   - source: The place where it is set, for that error.
    public func withS3Endpoint(_ url: String, from source: String) -> AWSSettings {
        var settings = self
        settings.endpointOfS3 = ConfiguredEndpoint(url: url, source: source)
        return settings
    }

    /// The path of a file of certificate authorities that replaces the system's: `AWS_CA_BUNDLE`, else the profile's
    /// `ca_bundle`.
    public var certificateAuthorities: String? {
        environment.first(of: "AWS_CA_BUNDLE") ?? profile["ca_bundle"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension [String: String] {
    fileprivate func first(of names: String...) -> String? {
        names.lazy.compactMap { self[$0] }.first { !$0.isEmpty }
    }
}
