import StrictYAML
import Tidemark

/// A rule that makes every resource of its kind a finding if it has no expectation.
public struct UnexpectedRule: Sendable {
    package let kind: Kind
    package let info: RuleInfo

    package init(kind: Kind, info: RuleInfo) {
        self.kind = kind
        self.info = info
    }
}

/// The requirements of every release, such as a commit or the URL of the run.
public struct ReleaseRules: Sendable {
    /// The requirements, each at a path that is the name of a `Member`.
    public let requirements: [Requirement]
    package let info: RuleInfo

    /// The members of a release that a baseline can require, by their names there.
    public enum Member: String, Sendable, CaseIterable {
        case label
        /// The person or pipeline that deployed, as claimed by the recorder.
        case by
        /// The caller who recorded the release, as attested by AWS.
        case actor
        case commit
        case runURL = "run-url"
        case note
    }

    package init(requirements: [Requirement], info: RuleInfo) {
        self.requirements = requirements
        self.info = info
    }
}

/// The other environments that the history must contain, such as a staging environment.
public struct HistoryRules: Sendable {
    /// The environments that must have a snapshot.
    public let environments: [EnvironmentName]
    package let info: RuleInfo

    package init(environments: [EnvironmentName], info: RuleInfo) {
        self.environments = environments
        self.info = info
    }
}
