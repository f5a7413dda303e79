/// The shared `config` and `credentials` files of the AWS CLI and the SDKs: their profiles, SSO sessions and services.
///
/// A profile is `[default]` or `[profile NAME]` in the config file and `[NAME]` in the credentials file, which takes
/// precedence. Source: "Shared config and credentials files" in the AWS SDKs and Tools Reference Guide, and botocore
/// where the guide is silent.
struct SharedConfig: Sendable {
    typealias Options = [String: INIValue]

    struct Profile: Sendable {
        let name: String
        /// The options of the config file alone. A key pair comes from one file or the other, never half from each.
        var config: Options = [:]
        var credentials: Options = [:]

        /// The option's value from either file, unless it is a block.
        subscript(option: String) -> String? { value(option)?.text }

        func value(_ option: String) -> INIValue? { credentials[option] ?? config[option] }
    }

    /// The paths of the two files, whether they exist or not.
    let configPath: String
    let credentialsPath: String
    private(set) var profiles: [String: Profile] = [:]
    /// The sections `[sso-session NAME]`.
    private(set) var sessions: [String: Options] = [:]
    /// The sections `[services NAME]`, with a block for each service.
    private(set) var services: [String: Options] = [:]

    init(configPath: String, credentialsPath: String, config: INIFile?, credentials: INIFile?) {
        self.configPath = configPath
        self.credentialsPath = credentialsPath
        for section in config?.sections ?? [] { add(section) }
        for section in credentials?.sections ?? [] {
            profiles[section.name, default: Profile(name: section.name)].credentials = section.options
        }
    }

    /// Adds a section. A later one of the same profile, which is possible only in another spelling, replaces the
    /// earlier.
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

    /// The second word of a section's name, which may be quoted; nil for a name with one word or three.
    private static func name(_ section: INIFile.Section, _ prefix: String) -> String? {
        guard section.name.hasPrefix(prefix), let words = ShellWords.split(section.name), words.count == 2 else {
            return nil
        }
        return words[1]
    }
}
