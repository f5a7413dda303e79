import CivilTime

/// The inputs of credential sources, which read nothing else.
struct CredentialInputs: Sendable {
    let environment: [String: String]
    let config: SharedConfig
    let files: ClientFiles
    let commands: ClientCommands
    let transport: any Transport
    let clock: ProgramClock
    let endpoints: Endpoints
    /// The default name of a role's session: the name of the program.
    let sessionName: String
    /// Makes a client that calls the same endpoints with the given credentials.
    let client: @Sendable (any CredentialProvider) -> AWSClient

    /// The value of a variable; nil if it is unset or empty.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
