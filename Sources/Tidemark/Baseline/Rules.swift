import StrictYAML

/// That every resource of a kind must be expected: what no expectation is about is a finding.
public struct UnexpectedRule: Sendable {
    public let kind: Kind
    public let info: RuleInfo

    public init(kind: Kind, info: RuleInfo) {
        self.kind = kind
        self.info = info
    }
}

/// What every release must carry: a commit, the URL of the run.
public struct ReleaseRules: Sendable {
    /// By the names of `Member`.
    public let requirements: [Requirement]
    public let info: RuleInfo

    /// What can be required of a release, as it is spelled.
    public enum Member: String, Sendable, CaseIterable {
        case label
        /// Who deployed, by their own word.
        case by
        /// The caller who recorded it, as AWS attests it.
        case actor
        case commit
        case runURL = "run-url"
        case note
    }

    public init(requirements: [Requirement], info: RuleInfo) {
        self.requirements = requirements
        self.info = info
    }
}

/// What the history must hold beside the environment of which it is asked: a staging environment.
public struct HistoryRules: Sendable {
    /// Those of which there must be a snapshot.
    public let environments: [EnvironmentName]
    public let info: RuleInfo

    public init(environments: [EnvironmentName], info: RuleInfo) {
        self.environments = environments
        self.info = info
    }
}

/// A finding that is accepted for a while.
public struct Waiver: Sendable, Hashable {
    public let finding: FindingID
    public let owner: String
    public let reason: String
    /// The last day on which it counts.
    public let until: Day
    public let position: Position

    public init(finding: FindingID, owner: String, reason: String, until: Day, position: Position) {
        self.finding = finding
        self.owner = owner
        self.reason = reason
        self.until = until
        self.position = position
    }
}
