import StrictYAML
import Tidemark

/// A statement of a baseline that an environment can break.
public indirect enum Rule: Sendable {
    case expectation(Expectation)
    case unexpected(UnexpectedRule)
    case releases(ReleaseRules)
    case history(HistoryRules)
    /// A waiver that has expired, or that matches no finding.
    case waiver(Waiver)
    /// A rule that needs no baseline, with the remarks that it has here.
    case builtIn(BuiltInRule, RuleInfo)
}

extension Baseline {
    /// Every rule that the baseline states, in its order, without built-in ones. Waivers are rules only where one is wrong.
    var rules: [Rule] {
        expectations.map(Rule.expectation) + unexpected.map(Rule.unexpected) + (releases.map { [.releases($0)] } ?? [])
            + (history.map { [.history($0)] } ?? [])
    }
}

extension Rule {
    /// The part of the baseline that holds a rule.
    public enum Source: String, Sendable, CaseIterable {
        case expectation, unexpected, releases, history, waiver
        case builtIn = "built-in"
    }

    /// The part of the baseline that states the rule.
    public var source: Source {
        switch self {
        case .expectation: .expectation
        case .unexpected: .unexpected
        case .releases: .releases
        case .history: .history
        case .waiver: .waiver
        case .builtIn: .builtIn
        }
    }

    /// The name of the rule: that of its expectation, its kind, or its finding; a built-in rule has its own.
    public var name: String {
        switch self {
        case .expectation(let expectation): expectation.name
        case .waiver(let waiver): "waiver of \(waiver.finding)"
        case .builtIn(let rule, _): rule.name
        case .unexpected, .releases, .history: source.rawValue
        }
    }

    /// The rule's name; for a rule about unexpected resources, with the kind.
    public var title: String { source == .unexpected ? "\(name) \(kind?.rawValue ?? "")" : name }

    /// The kind of resource that the rule is about; nil for one about no resource.
    public var kind: Kind? {
        switch self {
        case .expectation(let expectation): expectation.kind
        case .unexpected(let rule): rule.kind
        case .releases, .history, .waiver, .builtIn: nil
        }
    }

    /// The remarks of the rule: section, reason, fix, severity and position.
    public var info: RuleInfo {
        switch self {
        case .expectation(let expectation): expectation.info
        case .unexpected(let rule): rule.info
        case .releases(let rules): rules.info
        case .history(let rules): rules.info
        case .builtIn(_, let info): info
        // A wrong waiver matters less than the finding it was meant for.
        case .waiver(let waiver): RuleInfo(why: waiver.reason, severity: .warning, position: waiver.position)
        }
    }

    /// Whether the rule can have findings about several resources.
    public var isOfMany: Bool {
        switch self {
        case .expectation(let expectation): expectation.isOfMany
        case .unexpected, .builtIn: true
        case .releases, .history, .waiver: false
        }
    }

    /// The part of a resource's name that distinguishes findings of the rule. A built-in rule is about all kinds.
    func key(of resource: ResourceID?) -> String? {
        if case .builtIn = self { return resource?.description }
        return isOfMany ? resource?.identity : nil
    }

    /// Whether a snapshot of the past decides the rule. A waiver depends on today's date, and `history` on the entries
    /// that the history has now.
    var isAboutSnapshot: Bool {
        switch self {
        case .expectation, .unexpected, .releases, .builtIn: true
        case .history, .waiver: false
        }
    }
}
