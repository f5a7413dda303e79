import StrictJSON

/// What the command of a profile's `credential_process` prints, of which nothing but the credentials goes anywhere.
///
/// Source: "Process credential provider" in the AWS SDKs and Tools Reference Guide.
struct CommandCredentials: CredentialSource {
    /// How long a command may take: somebody may have to touch a key.
    static let timeout: Duration = .seconds(60)

    private let profile: SharedConfig.Profile
    private let inputs: CredentialInputs

    init(profile: SharedConfig.Profile, _ inputs: CredentialInputs) {
        self.profile = profile
        self.inputs = inputs
    }

    var name: String { profile.value("credential_process") == nil ? "" : source }
    private var source: String { "credential_process of profile '\(profile.name)'" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        guard let value = profile.value("credential_process") else { return nil }
        guard let text = value.text, let command = ShellWords.split(text), !command.isEmpty else {
            throw AWSError(kind: .credentials, message: "\(source) is no command: close its quotation marks")
        }
        let outcome: ClientCommands.Outcome
        do throws(AWSError) {
            outcome = try await inputs.commands.run(command, inputs.environment, Self.timeout)
        } catch { throw error.failing("\(source) failed") }
        guard outcome.status == 0 else {
            throw AWSError(
                kind: .credentials,
                message: "\(source) failed with status \(outcome.status): run it yourself to see what it says")
        }
        return try read(outcome.output)
    }

    private func read(_ output: [UInt8]) throws(AWSError) -> LoadedCredentials {
        guard let json = try? JSON(parsing: output) else {
            throw AWSError(kind: .credentials, message: "\(source) printed something that is not JSON")
        }
        guard json["Version"]?.integer == 1 else {
            throw AWSError(kind: .credentials, message: "\(source) printed another 'Version' than 1")
        }
        return try LoadedCredentials(json, from: source)
    }
}
