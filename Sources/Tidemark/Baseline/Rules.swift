import StrictYAML

/// That every resource of a kind must be expected: what no expectation is about is a finding.
public struct UnexpectedRule: Sendable {
    public let kind: Kind
    public let severity: Severity
    public let position: Position

    public init(kind: Kind, severity: Severity = .error, position: Position) {
        self.kind = kind
        self.severity = severity
        self.position = position
    }
}

/// What every release must carry: a commit, the URL of the run.
public struct ReleaseRules: Sendable {
    /// By the names of `Member`.
    public let requirements: [Requirement]
    public let section: String?
    public let why: String?
    public let fix: String?
    public let severity: Severity
    public let position: Position

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

    public init(
        requirements: [Requirement], section: String? = nil, why: String? = nil, fix: String? = nil,
        severity: Severity = .error, position: Position
    ) {
        self.requirements = requirements
        self.section = section
        self.why = why
        self.fix = fix
        self.severity = severity
        self.position = position
    }
}

/// What the history must hold beside the environment of which it is asked: a staging environment.
public struct HistoryRules: Sendable {
    /// Those of which there must be a snapshot.
    public let environments: [EnvironmentName]
    public let section: String?
    public let why: String?
    public let fix: String?
    public let severity: Severity
    public let position: Position

    public init(
        environments: [EnvironmentName], section: String? = nil, why: String? = nil, fix: String? = nil,
        severity: Severity = .error, position: Position
    ) {
        self.environments = environments
        self.section = section
        self.why = why
        self.fix = fix
        self.severity = severity
        self.position = position
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

/// What a finding is about: an expectation, or another rule of the baseline.
public struct Rule: Sendable {
    /// The part of the baseline that it stands in.
    public enum Source: String, Sendable, CaseIterable {
        case expectation, unexpected, releases, history, waiver
    }

    public let source: Source
    public let name: String
    /// Nil where it is about no resource.
    public let kind: Kind?
    public let section: String?
    public let why: String?
    public let fix: String?
    public let severity: Severity
    public let position: Position
    /// Whether it can be about several resources.
    public let isOfMany: Bool

    public init(_ expectation: Expectation) {
        self.init(
            .expectation, expectation.name, kind: expectation.kind, section: expectation.section, why: expectation.why,
            fix: expectation.fix, severity: expectation.severity, at: expectation.position,
            isOfMany: expectation.isOfMany)
    }

    public init(_ rule: UnexpectedRule) {
        self.init(
            .unexpected, "unexpected", kind: rule.kind, severity: rule.severity, at: rule.position, isOfMany: true)
    }

    public init(_ rules: ReleaseRules) {
        self.init(
            .releases, "releases", section: rules.section, why: rules.why, fix: rules.fix, severity: rules.severity,
            at: rules.position)
    }

    public init(_ rules: HistoryRules) {
        self.init(
            .history, "history", section: rules.section, why: rules.why, fix: rules.fix, severity: rules.severity,
            at: rules.position)
    }

    /// What is wrong with a waiver matters less than what it was to accept.
    public init(_ waiver: Waiver) {
        self.init(
            .waiver, "waiver of \(waiver.finding)", why: waiver.reason, severity: .warning, at: waiver.position)
    }

    private init(
        _ source: Source, _ name: String, kind: Kind? = nil, section: String? = nil, why: String? = nil,
        fix: String? = nil, severity: Severity, at position: Position, isOfMany: Bool = false
    ) {
        self.source = source
        self.name = name
        self.kind = kind
        self.section = section
        self.why = why
        self.fix = fix
        self.severity = severity
        self.position = position
        self.isOfMany = isOfMany
    }
}
