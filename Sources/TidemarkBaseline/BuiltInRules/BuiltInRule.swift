import StrictYAML
import Tidemark
import TidemarkKinds

/// A rule with a name that needs no baseline. Its findings are notes until a baseline raises the rule.
///
/// Each is a file and a line in `all`.
public struct BuiltInRule: Sendable {
    /// The name in baselines and reports: `resource.replaced`.
    public let name: String
    /// The reason for the rule, in one clause.
    public let why: String
    /// Whether its findings are errors under `--strict`.
    let isStrict: Bool
    /// The attribute or the reading of a kind's resources that the rule is about: the rule is silent for a resource of which an
    /// expectation names it. Nil if an expectation cannot take the place of the rule.
    let attribute: @Sendable (KindDefinition) -> String?
    /// What breaks the rule, and what is unseen.
    let evaluate: @Sendable (BaselineEvaluator) -> [Violation]

    /// Every built-in rule, in the order in which messages and reports list them.
    static let all =
        [resourceReplaced, environmentFailed, environmentTerminated, endpointNotFollowed, releaseUnrecorded] + images

    package static let names = all.map(\.name)

    /// A resource that breaks a rule, or of which that is unseen.
    struct Violation {
        /// Nil if it is about no resource.
        var resource: ResourceID?
        let status: Finding.Status
        /// The value that a waiver accepts; nil for what is unseen.
        var value: FindingValue?
        /// The finding in one clause after the resource; nil for what is unseen, whose reason says it.
        var sentence: String?
        /// The element that distinguishes the finding from others of the resource; nil if there can be one alone.
        var element: FindingElement?
        /// Whether it is about the baseline alone: it is a note, whatever the severity of the rule.
        var isRemark = false
        /// The severity that it has unless the baseline states another one.
        var severity = Severity.note
        /// Whether it is unseen because of a gap, which reports list, or in an older snapshot. It is then a finding only if the
        /// baseline names the rule.
        var followsFromGap = false
        /// Whether it is a finding only if the baseline names the rule, since it is true of nearly every environment.
        var isListedByNameOnly = false
    }
}

/// What a baseline states about a built-in rule.
package struct BuiltInRuleSetting: Sendable {
    /// Nil if the rule is off.
    let severity: Severity?
    let position: Position
}

extension Baseline {
    /// Nothing but the built-in rules.
    public static func builtInRules(of environment: EnvironmentName) -> Baseline {
        Baseline(environment: environment, documents: nil, expectations: [])
    }

    /// Whether the baseline states nothing, so that only the built-in rules are evaluated.
    public var hasBuiltInRulesOnly: Bool { rules.isEmpty && files.isEmpty }

    /// Whether the baseline states a rule or accepts a finding of it, or only the built-in rules are evaluated.
    func names(_ rule: BuiltInRule) -> Bool {
        settings[rule.name] != nil || hasBuiltInRulesOnly || waivers.contains { $0.rule == rule.name }
    }

    /// The built-in rules that are not off, each with the baseline's severity, or as a note.
    var builtInRules: [Rule] {
        BuiltInRule.all.compactMap { rule in
            let setting = settings[rule.name]
            if let setting, setting.severity == nil { return nil }
            return .builtIn(rule, info(of: rule, setting?.severity ?? .note))
        }
    }

    func info(of rule: BuiltInRule, _ severity: Severity) -> RuleInfo {
        RuleInfo(
            why: rule.why, severity: severity,
            // The place where the baseline could state it.
            position: settings[rule.name]?.position ?? Position(file: file, line: 1, column: 1))
    }
}
