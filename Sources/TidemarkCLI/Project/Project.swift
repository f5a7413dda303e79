import Tidemark

/// What a project's `tidemark.yml` says: which history it keeps, and where each of its environments is.
///
/// Whatever it says can be said by an option too, which then counts; whoever has one environment needs no file.
public struct Project: Sendable {
    /// The file's name, in the folder where the command runs.
    public static let file = "tidemark.yml"

    /// The history's file, relative to the project's folder; nil for the usual one.
    public let history: String?
    /// In the order of the file.
    public let environments: [Environment]

    public init(history: String? = nil, environments: [Environment] = []) {
        self.history = history
        self.environments = environments
    }

    /// What is said of one environment.
    public struct Environment: Sendable, Hashable {
        public let name: EnvironmentName
        /// The Elastic Beanstalk environment's name, where it is not the same.
        public var ebEnvironment: String?
        public var region: String?
        /// The profile of the AWS configuration to call with.
        public var profile: String?
        /// The ARN of a role to assume for it.
        public var role: String?
        /// The baseline's file, relative to the project's folder, or `shipped:NAME`.
        public var baseline: String?
        /// Resources that belong to the environment, though nothing in it leads there.
        public var also: [ResourceID] = []
        /// The environment variables that are not secret, and the lists of them that come with the program, as
        /// `shipped:NAME`.
        public var plain: Set<String> = []

        public init(_ name: EnvironmentName) { self.name = name }
    }

    /// The keys in it by which whoever writes the file chooses an identity, what is stored in plain text, and where.
    public var trustedKeys: [String] {
        [
            ("history", history != nil), ("profile", environments.contains { $0.profile != nil }),
            ("role", environments.contains { $0.role != nil }),
            ("plain", environments.contains { !$0.plain.isEmpty }),
        ].filter(\.1).map(\.0)
    }

    /// What is said of the environment of that name, if anything is.
    public func environment(_ name: EnvironmentName) -> Environment? {
        environments.first { $0.name == name }
    }
}
