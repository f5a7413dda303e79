import Logging

extension AWSClient {
    /// A client that asks as the environment and the shared files say.
    ///
    /// Credentials are looked for when the first request is signed, in botocore's order, and renewed before they end:
    /// keys in the environment, a profile's role, web identity, single sign-on, keys or command, the container's, the
    /// instance's.
    /// - Parameter retries: How often a failed call is repeated; else as the settings say.
    public init(
        _ settings: AWSSettings, region: String, transport: any Transport, retries: RetryPolicy? = nil,
        clock: ClientClock = .system, userAgent: String = "swift-aws-client",
        logger: Logger = Logger(label: "aws-client")
    ) {
        let endpoints = settings.endpoints
        let retries = retries ?? settings.retries
        let client = { @Sendable (credentials: any CredentialProvider) in
            AWSClient(
                region: region, credentials: credentials, endpoints: endpoints, transport: transport, retries: retries,
                clock: clock, userAgent: userAgent, logger: logger)
        }
        let inputs = CredentialInputs(
            environment: settings.environment, config: settings.config, files: settings.files,
            commands: settings.commands, transport: transport, clock: clock, endpoints: endpoints,
            sessionName: String(userAgent.prefix { $0 != "/" }), client: client)
        self = client(SharedCredentials(settings.chain(inputs), clock: clock))
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
