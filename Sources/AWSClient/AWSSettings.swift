/// What the environment and the shared files say of how to call AWS: credentials, region, endpoints.
///
/// The order is that of the AWS CLI, version 2: what is passed in comes before variables, and those before the profile;
/// but keys in the environment come before a profile that a variable names, and not before one that is passed in.
public struct AWSSettings: Sendable {
    let environment: [String: String]
    let config: SharedConfig
    let profile: SharedConfig.Profile
    let isProfilePassed: Bool
    let files: ClientFiles
    let commands: ClientCommands
    /// How often a failed call is repeated: `AWS_MAX_ATTEMPTS`, else the profile's `max_attempts`, else three attempts.
    public let retries: RetryPolicy

    /// Reads the shared files.
    /// - Parameter profile: The profile to use; else `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    /// - Throws: An `AWSError` of kind `credentials` where a file cannot be read, or a profile that is named is not there;
    ///   of kind `invalid` for a number of attempts that is none.
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

    /// `AWS_REGION`, else `AWS_DEFAULT_REGION`, else the profile's.
    public var region: String? {
        environment.first(of: "AWS_REGION", "AWS_DEFAULT_REGION") ?? profile["region"].flatMap { $0.isEmpty ? nil : $0 }
    }

    public var endpoints: Endpoints { Endpoints(environment, profile: ProfileEndpoints(profile, in: config)) }

    /// A file of certificate authorities instead of the system's: `AWS_CA_BUNDLE`, else the profile's `ca_bundle`.
    public var certificateAuthorities: String? {
        environment.first(of: "AWS_CA_BUNDLE") ?? profile["ca_bundle"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension [String: String] {
    /// The value of the first of these variables that is set and not empty.
    fileprivate func first(of names: String...) -> String? {
        names.lazy.compactMap { self[$0] }.first { !$0.isEmpty }
    }
}
