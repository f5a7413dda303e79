import StrictJSON

/// What stands at a place in a description.
public enum AttributeShape: Sendable, Hashable {
    /// Members of these names.
    case structure([String])
    case list
    /// Members of any name.
    case map
    /// A single value of whatever type.
    case scalar
    /// A single value of a known type.
    case value(ValueType)

    /// What single values there are, as far as an expectation can tell them apart.
    public enum ValueType: Sendable, Hashable, CaseIterable {
        case text, integer, number, boolean
        /// A time, which is kept as RFC 3339 in UTC.
        case time
    }

    /// With members of other names too.
    func adding(_ names: [String]) -> AttributeShape {
        if case .structure(let known) = self { .structure(known + names) } else { self }
    }

    var isScalar: Bool {
        switch self {
        case .scalar, .value: true
        case .structure, .list, .map: false
        }
    }

    var noun: String {
        switch self {
        case .structure, .map: "a map"
        case .list: "a list"
        case .scalar, .value(.text): "a single value"
        case .value(.integer): "a whole number"
        case .value(.number): "a number"
        case .value(.boolean): "true or false"
        case .value(.time): "a time such as 2026-11-23T20:40:43Z"
        }
    }
}

extension AttributeShape.ValueType {
    /// Whether a value of the type can be what is written there.
    func admits(_ text: String) -> Bool {
        switch self {
        case .text: true
        case .boolean: ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text)
        case .integer: DecimalNumber(text).map(\.isWhole) ?? false
        case .number: DecimalNumber(text) != nil
        case .time: Timestamp(text) != nil
        }
    }
}

/// Knows which attributes AWS's answers can have, so that a misspelled one is told from one that is absent today.
public protocol AttributeCatalogue: Sendable {
    /// What stands at `location` in an operation's answer; nil where that is not known.
    func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape?
}

extension AttributeCatalogue {
    /// What stands at a place in a facet; nil where that is not known, as in a document or in what a kind has read itself.
    func shape(
        of facet: FacetDefinition, at pattern: AttributePattern, in question: QuestionDefinition
    ) -> AttributeShape? {
        if facet.isDocument { return nil }
        if case .member(let name)? = pattern.steps.first, facet.added.contains(name) { return nil }
        let shape = shape(of: question, at: facet.location + pattern)
        return pattern.steps.isEmpty ? shape?.adding(facet.added) : shape
    }

    /// What stands at a place in what a question gives: its answer, or all its answers together.
    private func shape(of question: QuestionDefinition, at location: AttributePattern) -> AttributeShape? {
        guard question.isCollected else { return shape(of: question.service, question.operation, at: location) }
        guard !location.steps.isEmpty else { return .list }
        return shape(of: question.service, question.operation, at: AttributePattern(Array(location.steps.dropFirst())))
    }
}
