import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// One item of a baseline: a resource, and what it should be.
public struct Expectation: Sendable {
    /// The name in reports and references. It is part of a finding's id, so that a new name makes new findings.
    public let name: String
    package let kind: Kind
    /// The conditions that select a resource of the kind; without any, the only one is meant.
    public let conditions: [Requirement]
    package let scope: Scope
    package let requirements: [Requirement]
    /// Whether an attribute, or a member of one, that the expectation does not name is drift.
    public let isExact: Bool
    /// The requirements of readings: health, the state of an alarm.
    public let readings: [Requirement]
    package let info: RuleInfo

    /// The number of resources that an expectation is about.
    public enum Scope: Sendable {
        /// Exactly one.
        case one
        /// Each resource that matches; at least one.
        case each
        /// Each resource that matches; the requirement is about their number.
        case counted(Requirement)
    }

    package init(
        name: String, kind: Kind, conditions: [Requirement], scope: Scope = .one, requirements: [Requirement],
        isExact: Bool = false, readings: [Requirement] = [], info: RuleInfo
    ) {
        self.name = name
        self.kind = kind
        self.conditions = conditions
        self.scope = scope
        self.requirements = requirements
        self.isExact = isExact
        self.readings = readings
        self.info = info
    }

    /// Whether the expectation can be about several resources, each with findings of its own.
    var isOfMany: Bool { if case .one = scope { false } else { true } }

    /// Whether the expectation is about particular resources: about one, or about those whose identities `where` lists as plain
    /// texts. An expectation of all that match says of none that it is expected.
    var namesResources: Bool { !isOfMany || !plainConditions.isEmpty }

    /// Whether a resource that matches is one of the particular resources.
    func names(_ resource: ResourceID) -> Bool {
        !isOfMany || plainConditions.contains { $0.contains { $0.text.isIdenticalText(to: resource.identity) } }
    }

    /// The plain texts of each condition that lists nothing else.
    private var plainConditions: [[ExpectedScalar]] { conditions.compactMap(\.expected.alternatives) }

    /// Every requirement, in each of which a reference can occur.
    var all: [Requirement] { conditions + requirements + readings }
}

/// An attribute and its expected value.
public struct Requirement: Sendable {
    package let path: AttributePath
    package let expected: Expected
    package let position: Position

    package init(path: AttributePath, expected: Expected, position: Position) {
        self.path = path
        self.expected = expected
        self.position = position
    }

    /// Every text in it that refers to other expectations.
    var templates: [Template] { path.steps.compactMap { $0.template(at: position) } + expected.templates }
}

extension AttributePath.Step {
    /// The step as a text with references; nil for any other step.
    func template(at position: Position) -> Template? {
        name.contains("${") ? try? Template(reading: name, position: position) : nil
    }
}
