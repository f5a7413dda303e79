/// The endpoints that a profile configures: `endpoint_url` for all services, and `services = NAME` for a section
/// `[services NAME]` with a block for each service.
struct ProfileEndpoints: Sendable, Hashable {
    private let profile: String
    private let shared: String?
    private let sectionName: String?
    private let section: SharedConfig.Options
    /// Whether the profile disables all configured endpoints, including the environment's.
    let isIgnored: Bool

    init(_ profile: SharedConfig.Profile, in config: SharedConfig) {
        self.profile = profile.name
        shared = profile["endpoint_url"]
        sectionName = profile["services"]
        section = sectionName.flatMap { config.services[$0] } ?? [:]
        isIgnored = profile["ignore_configured_endpoint_urls"]?.lowercased() == "true"
    }

    /// The URL for a service and the setting that it comes from; nil if none is configured.
    /// - Parameter name: The service's name as in the variable: `ELASTIC_BEANSTALK`.
    /// - Throws: `AWSError` with reason `invalid` if the section that the profile names does not exist.
    func url(of name: String) throws(AWSError) -> ConfiguredEndpoint? {
        if let sectionName {
            guard !section.isEmpty else {
                // A line that is indented by mistake is part of the value, and may be a secret.
                let shown = sectionName.prefix { !$0.isNewline }
                throw AWSError(
                    reason: .invalid,
                    message: "profile '\(profile)' names services '\(shown)', but the section "
                        + "'[services \(shown)]' is missing or empty: add it")
            }
            if case .nested(let block)? = section[name.lowercased()],
                let url = block["endpoint_url"], !url.isEmpty
            {
                return ConfiguredEndpoint(url: url, source: "endpoint_url in [services \(sectionName)]")
            }
        }
        guard let shared, !shared.isEmpty else { return nil }
        return ConfiguredEndpoint(url: shared, source: "endpoint_url of profile '\(profile)'")
    }
}
