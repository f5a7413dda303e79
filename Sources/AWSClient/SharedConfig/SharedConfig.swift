/// The shared `config` and `credentials` files of the AWS CLI and the SDKs: which profiles there are, and what they say.
///
/// A profile is `[default]` or `[profile NAME]` in the config file and `[NAME]` in the credentials file, which wins.
/// Source: "Shared config and credentials files" in the AWS SDKs and Tools Reference Guide, and botocore where that is
/// silent.
struct SharedConfig: Sendable {
    typealias Options = [String: INIValue]

    struct Profile: Sendable {
        let name: String
        /// What the config file alone says: keys are taken from one file or the other, never half from each.
        var config: Options = [:]
        var credentials: Options = [:]

        /// What the two files say together, unless it is a block.
        subscript(option: String) -> String? { value(option)?.text }

        func value(_ option: String) -> INIValue? { credentials[option] ?? config[option] }
    }

    /// Where the two files are looked for, whether they exist or not.
    let configPath: String
    let credentialsPath: String
    private(set) var profiles: [String: Profile] = [:]
    /// `[sso-session NAME]`.
    private(set) var sessions: [String: Options] = [:]
    /// `[services NAME]`: a block for each service.
    private(set) var services: [String: Options] = [:]

    init(configPath: String, credentialsPath: String, config: INIFile?, credentials: INIFile?) {
        self.configPath = configPath
        self.credentialsPath = credentialsPath
        for section in config?.sections ?? [] { add(section) }
        for section in credentials?.sections ?? [] {
            profiles[section.name, default: Profile(name: section.name)].credentials = section.options
        }
    }

    /// A later section of the same profile, which only another spelling makes possible, replaces the one before.
    private mutating func add(_ section: INIFile.Section) {
        if section.name == "default" {
            profiles["default"] = Profile(name: "default", config: section.options)
        } else if let name = Self.name(section, "profile") {
            profiles[name] = Profile(name: name, config: section.options)
        } else if let name = Self.name(section, "sso-session") {
            sessions[name] = section.options
        } else if let name = Self.name(section, "services") {
            services[name] = section.options
        }
    }

    /// The second word of a section's name, which may be quoted; a name of one word or three is nobody's.
    private static func name(_ section: INIFile.Section, _ kind: String) -> String? {
        guard section.name.hasPrefix(kind), let words = ShellWords.split(section.name), words.count == 2 else {
            return nil
        }
        return words[1]
    }
}
