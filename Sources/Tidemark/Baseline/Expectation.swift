import StrictYAML

/// One item of a baseline: which resource, and what it should be.
public struct Expectation: Sendable {
    /// Stable: part of the finding's id.
    public let name: String
    public let kind: Kind
    /// Which resource of the kind; without conditions, the only one.
    public let conditions: [Requirement]
    public let scope: Scope
    public let requirements: [Requirement]
    /// Whether anything beside what it says is drift: an attribute that it does not name, a member within one.
    public let isExact: Bool
    /// What is expected of what AWS says of the moment: health, the state of an alarm.
    public let readings: [Requirement]
    public let info: RuleInfo

    /// How many resources are meant.
    public enum Scope: Sendable {
        /// Exactly one.
        case one
        /// Every one that matches; at least one.
        case each
        /// Every one that matches, and there are as many as this says.
        case counted(Requirement)
    }

    public init(
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

    /// Whether its findings are each about one of several resources.
    var isOfMany: Bool { if case .one = scope { false } else { true } }

    /// Everything in it that may refer to other expectations.
    var all: [Requirement] { conditions + requirements + readings }
}

/// One attribute and what is expected of it.
public struct Requirement: Sendable {
    public let path: AttributePath
    public let expected: Expected
    public let position: Position

    public init(path: AttributePath, expected: Expected, position: Position) {
        self.path = path
        self.expected = expected
        self.position = position
    }
}
