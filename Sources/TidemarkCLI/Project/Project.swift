import Tidemark
import TidemarkCI
import TidemarkReports

/// The settings in a project's `tidemark.yml`: its history and its environments.
///
/// Options override them. A project with one environment needs no file.
struct Project: Sendable {
    /// The file's name, in the folder where the command runs.
    static let file = Workspace.projectFile

    /// The settings for the history; nil for the default.
    let history: History?
    /// The issuers of tokens that are trusted beside the public ones.
    let issuers: [String]
    /// The environments, in the order of the file.
    let environments: [Environment]

    init(history: History? = nil, issuers: [String] = [], environments: [Environment] = []) {
        self.history = history
        self.issuers = issuers
        self.environments = environments
    }

    /// The settings for one environment.
    struct Environment: Sendable, Hashable {
        let name: EnvironmentName
        /// The name in Elastic Beanstalk; nil if it is the same.
        var ebEnvironment: String?
        var region: String?
        /// The profile in the AWS configuration.
        var profile: String?
        /// The ARN of the role to assume.
        var role: String?
        /// The baseline's file, relative to the project's folder, or `shipped:NAME`.
        var baseline: String?
        /// Resources that belong to the environment, but that nothing in it refers to.
        var also: [ResourceID] = []
        /// The environment variables that are not secret, and the lists of them that come with the program, as
        /// `shipped:NAME`.
        var plain: Set<String> = []
        /// The addresses that are asked when a release is recorded.
        var probes: [Probe] = []

        /// Whether ECR is asked for the manifests of images.
        var asksForManifests = true

        init(_ name: EnvironmentName) { self.name = name }
    }

    /// The keys that are set and that need trust: they choose an identity, the values stored unredacted, the
    /// history, whose signatures are believed, and what is asked from this machine.
    var trustedKeys: [String] {
        [
            ("history", history != nil), ("issuers", !issuers.isEmpty),
            ("profile", environments.contains { $0.profile != nil }),
            ("role", environments.contains { $0.role != nil }),
            ("plain", environments.contains { !$0.plain.isEmpty }),
            ("probes", environments.contains { !$0.probes.isEmpty }),
        ].filter(\.1).map(\.0)
    }

    /// The settings for the environment of that name; nil if there are none.
    func environment(_ name: EnvironmentName) -> Environment? {
        environments.first { $0.name == name }
    }
}
