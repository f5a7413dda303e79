extension SharedConfig {
    /// Reads both files; one that does not exist is an empty one.
    ///
    /// - Parameter environment: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name other files than those in
    ///   `~/.aws`.
    /// - Throws: An `AWSError` of kind `credentials` where a file cannot be read: its name, the line, and nothing of what
    ///   it says.
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
                kind: .credentials, message: "'\(path)' cannot be used: line \(error.line) \(error.reason): correct it")
        }
    }

    /// The profile of that name.
    /// - Throws: An `AWSError` of kind `credentials` that names those there are.
    func profile(named name: String) throws(AWSError) -> Profile {
        if let profile = profiles[name] { return profile }
        throw AWSError(
            kind: .credentials, message: "no profile '\(name)' in '\(configPath)' or '\(credentialsPath)': \(names)")
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
