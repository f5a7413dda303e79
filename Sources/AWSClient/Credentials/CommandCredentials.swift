import StrictJSON

/// The credentials that the command of a profile's `credential_process` prints. Nothing else that it prints is used or
/// shown.
///
/// Source: "Process credential provider" in the AWS SDKs and Tools Reference Guide.
struct CommandCredentials: CredentialSource {
    /// The time limit of a command, which may wait for somebody to touch a security key.
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
            throw AWSError(reason: .credentials, message: "\(source) is not a command: close its quotation marks")
        }
        let result: ClientCommands.ProgramResult
        do throws(AWSError) {
            result = try await inputs.commands.run(command, inputs.environment, Self.timeout)
        } catch { throw error.asCredentialError("\(source) failed") }
        guard result.status == 0 else {
            throw AWSError(
                reason: .credentials,
                message: "\(source) failed with status \(result.status): run it yourself to see what it says")
        }
        return try read(result.output)
    }

    private func read(_ output: [UInt8]) throws(AWSError) -> LoadedCredentials {
        guard let json = try? JSON(parsing: output) else {
            throw AWSError(reason: .credentials, message: "\(source) printed something that is not JSON")
        }
        guard json["Version"]?.integer == 1 else {
            throw AWSError(reason: .credentials, message: "\(source) printed a 'Version' other than 1")
        }
        return try LoadedCredentials(json, from: source)
    }
}
