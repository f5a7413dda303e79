import StrictYAML
import Yams

/// The remarks of a rule: what it documents, how much it matters, and its place in the baseline.
public struct RuleInfo: Sendable {
    /// The section of the document that becomes false when the rule is broken.
    public let section: String?
    /// The reason for the rule, as the baseline states it.
    public let why: String?
    /// The way to correct a drift, as the baseline states it.
    public let fix: String?
    /// How severe a finding of the rule is.
    public let severity: Severity
    /// The place of the rule in its file.
    public let position: Position

    package init(
        section: String? = nil, why: String? = nil, fix: String? = nil, severity: Severity = .error, position: Position
    ) {
        self.section = section
        self.why = why
        self.fix = fix
        self.severity = severity
        self.position = position
    }
}

extension RuleInfo {
    /// The keys under which a baseline states a rule's remarks.
    static let keys = ["section", "why", "fix", "severity"]

    /// Reads the remarks of a rule; a remark that is absent is taken from the rule it overrides.
    init(_ map: YAMLMap, over base: RuleInfo?, at node: Node, _ collector: MistakeCollector) {
        self.init(
            section: map.text("section") ?? base?.section, why: map.text("why") ?? base?.why,
            fix: map.text("fix") ?? base?.fix, severity: map.severity() ?? base?.severity ?? .error,
            position: collector.position(of: node))
    }
}
