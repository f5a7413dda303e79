import CivilTime
import Logging

extension AWSClient {
    /// A client that is configured by the environment and the shared files.
    ///
    /// Credentials are loaded when the first request is signed and refreshed before they expire. The sources are tried
    /// in botocore's order: keys in the environment, then a profile's role, web identity, single sign-on, keys or
    /// command, then the container, then the instance.
    /// - Parameters:
    ///   - settings: The credentials, endpoints and retries to use.
    ///   - region: The region for requests that name none.
    ///   - transport: The transport that sends the requests.
    ///   - retries: The limits of the attempts at a call; nil for those of the settings.
    ///   - maximumConcurrentCalls: The most concurrent calls to one service in one region; further calls wait.
    ///   - userAgent: The `User-Agent` header; its part before `/` is the default name of a role's session.
    public init(
        _ settings: AWSSettings, region: String, transport: any Transport, retries: RetryPolicy? = nil,
        maximumConcurrentCalls: Int = 10, clock: ProgramClock = .system, userAgent: String = "swift-aws-client",
        logger: Logger = Logger(label: "aws-client")
    ) {
        let endpoints = settings.endpoints
        let retries = retries ?? settings.retries
        let client = { @Sendable (credentials: any CredentialProvider) in
            AWSClient(
                region: region, credentials: credentials, endpoints: endpoints, transport: transport, retries: retries,
                maximumConcurrentCalls: maximumConcurrentCalls, clock: clock, userAgent: userAgent, logger: logger)
        }
        let inputs = CredentialInputs(
            environment: settings.environment, config: settings.config, files: settings.files,
            commands: settings.commands, transport: transport, clock: clock, endpoints: endpoints,
            sessionName: String(userAgent.prefix { $0 != "/" }), client: client)
        self = client(CredentialCache(settings.chain(inputs), clock: clock))
    }
}

extension AWSSettings {
    func chain(_ inputs: CredentialInputs) -> CredentialChain {
        let environment: [any CredentialSource] = isProfilePassed ? [] : [EnvironmentCredentials(inputs.environment)]
        return CredentialChain(
            sources: environment + [AssumedRole(profile, inputs)]
                + ProfileSources(profile, readsVariables: !isProfilePassed, inputs).all
                + [ContainerCredentials(inputs), InstanceCredentials(profile: profile, inputs)])
    }
}
