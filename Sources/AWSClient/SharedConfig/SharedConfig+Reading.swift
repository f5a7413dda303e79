extension SharedConfig {
    /// Reads both files; a missing file counts as empty.
    ///
    /// - Parameter environment: The variables; `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` replace the files in
    ///   `~/.aws`.
    /// - Throws: `AWSError` with reason `credentials` if a file cannot be read. It names the file and the line, and
    ///   quotes nothing of it.
    init(_ environment: [String: String], files: ClientFiles) throws(AWSError) {
        let expand = PathExpansion(variables: environment, files: files)
        let configPath = expand(environment["AWS_CONFIG_FILE"] ?? "~/.aws/config")
        let credentialsPath = expand(environment["AWS_SHARED_CREDENTIALS_FILE"] ?? "~/.aws/credentials")
        self.init(
            configPath: configPath, credentialsPath: credentialsPath, config: try Self.read(configPath, files),
            credentials: try Self.read(credentialsPath, files))
    }

    private static func read(_ path: String, _ files: ClientFiles) throws(AWSError) -> INIFile? {
        guard let bytes = try files.read(path) else { return nil }
        do {
            return try INIFile(parsing: bytes)
        } catch {
            throw AWSError(
                reason: .credentials,
                message: "'\(path)' cannot be used: line \(error.line) \(error.reason): correct it")
        }
    }

    /// Returns the profile.
    /// - Throws: `AWSError` with reason `credentials` that lists the profiles that exist.
    func profile(named name: String) throws(AWSError) -> Profile {
        if let profile = profiles[name] { return profile }
        throw AWSError(
            reason: .credentials, message: "no profile '\(name)' in '\(configPath)' or '\(credentialsPath)': \(names)")
    }

    private static let shownNames = 12

    private var names: String {
        let names = profiles.keys.sorted()
        guard !names.isEmpty else { return "neither has any profile" }
        let shown = names.prefix(Self.shownNames).map { "'\($0)'" }.joined(separator: ", ")
        let rest = names.count - Self.shownNames
        return names.count == 1
            ? "there is only \(shown)" : rest > 0 ? "there are \(shown) and \(rest) more" : "there are \(shown)"
    }
}
