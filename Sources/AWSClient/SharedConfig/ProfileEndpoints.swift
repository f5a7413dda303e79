/// The endpoints that a profile names: `endpoint_url` for all services, and `services = NAME` for a section
/// `[services NAME]` with a block for each.
struct ProfileEndpoints: Sendable, Hashable {
    private let profile: String
    private let shared: String?
    private let sectionName: String?
    private let section: SharedConfig.Options
    /// Whether the profile says that no configured endpoint counts, also none of the environment's.
    let isIgnored: Bool

    init(_ profile: SharedConfig.Profile, in config: SharedConfig) {
        self.profile = profile.name
        shared = profile["endpoint_url"]
        sectionName = profile["services"]
        section = sectionName.flatMap { config.services[$0] } ?? [:]
        isIgnored = profile["ignore_configured_endpoint_urls"]?.lowercased() == "true"
    }

    /// The URL for a service and where it stands, or nil where there is none.
    /// - Parameter name: As it ends a variable: `ELASTIC_BEANSTALK`.
    /// - Throws: An `AWSError` of kind `invalid` where the section that the profile names does not exist.
    func url(of name: String) throws(AWSError) -> (source: String, url: String)? {
        if let sectionName {
            guard !section.isEmpty else {
                // What is indented below by mistake is part of the value, and may be a secret.
                let shown = sectionName.prefix { !$0.isNewline }
                throw AWSError(
                    kind: .invalid,
                    message: "profile '\(profile)' names services '\(shown)', but there is no section "
                        + "'[services \(shown)]' with any: add it")
            }
            if case .nested(let block)? = section[name.lowercased()],
                let url = block["endpoint_url"], !url.isEmpty
            {
                return ("endpoint_url in [services \(sectionName)]", url)
            }
        }
        guard let shared, !shared.isEmpty else { return nil }
        return ("endpoint_url of profile '\(profile)'", shared)
    }
}
