/// What the sources of credentials work with; none of it do they take for themselves.
struct CredentialInputs: Sendable {
    let environment: [String: String]
    let config: SharedConfig
    let files: ClientFiles
    let commands: ClientCommands
    let transport: any Transport
    let clock: ClientClock
    let endpoints: Endpoints
    /// The name of the program, which AWS shows as the session of a role where the user names none.
    let sessionName: String
    /// A client that asks with the given credentials, where the client that needs credentials asks.
    let client: @Sendable (any CredentialProvider) -> AWSClient

    /// What a variable says, nil where it is empty.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
