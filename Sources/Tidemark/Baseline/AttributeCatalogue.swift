import StrictJSON

/// Knows which attributes AWS's answers can have, so that a misspelled one is told from one that is absent today.
public protocol AttributeCatalogue: Sendable {
    /// The members of the structure at `location` in an operation's answer; nil where it is no structure, or unknown.
    func members(of service: String, _ operation: String, at location: AttributePattern) -> [String]?
}

extension AttributeCatalogue {
    /// What is wrong with an expected attribute of a kind, or nil.
    func mistake(in path: AttributePath, expected: Expected, of definition: KindDefinition) -> String? {
        guard case .member(let first)? = path.steps.first else { return nil }
        if definition.facts.contains(where: { $0.name == first }) { return nil }
        if first == Snapshot.reach { return nil }
        let question = definition.questions.first { question in question.facets.contains { $0.name == first } }
        let owner = question ?? definition.questions.first { !$0.facets.isEmpty }
        guard let owner, let facet = owner.facets.first(where: { $0.name == first }) ?? owner.facets.first else {
            return nil
        }
        let steps = question == nil ? path.steps[...] : path.steps.dropFirst()
        let others = definition.facts.map(\.name) + definition.facets.dropFirst().map(\.name)
        return mistake(
            steps, expected, in: AttributeScope(question: owner, location: facet.location, alternatives: others))
    }

    private func mistake(
        _ steps: ArraySlice<AttributePath.Step>, _ expected: Expected, in scope: AttributeScope
    ) -> String? {
        guard let step = steps.first else { return mistake(expected, in: scope) }
        switch step {
        case .key: return mistake(steps.dropFirst(), expected, in: scope.inner(.elements))
        case .member(let name):
            if let known = members(of: scope.question.service, scope.question.operation, at: scope.location),
                !known.contains(name)
            {
                let hint = nearest(to: name, among: known + scope.alternatives).map { ": did you mean '\($0)'?" }
                return "'\(name.printable)' is no attribute here"
                    + (hint ?? ": see 'tidemark show' for those there are")
            }
            return mistake(steps.dropFirst(), expected, in: scope.inner(.member(name)))
        }
    }

    private func mistake(_ expected: Expected, in scope: AttributeScope) -> String? {
        switch expected {
        case .scalar: return nil
        case .operators(let operators):
            return operators.lazy.flatMap { test in
                test.operands.map { (expected: $0, scope: test.isOfElements ? scope.inner(.elements) : scope) }
            }.compactMap { mistake($0.expected, in: $0.scope) }.first
        case .list(let elements):
            return elements.lazy.compactMap { mistake($0, in: scope.inner(.elements)) }.first
        case .map(let members):
            return members.lazy.compactMap { mistake($0.path.steps[...], $0.expected, in: scope) }.first
        }
    }
}

extension Operator {
    /// What it compares a value with, where that may name attributes.
    fileprivate var operands: [Expected] {
        switch self {
        case .equals(let expected), .not(let expected): [expected]
        case .oneOf(let choices): choices
        case .includes(let parts), .excludes(let parts): parts
        case .matches, .atLeast, .atMost, .present: []
        }
    }

    /// Whether it compares the elements of a list.
    fileprivate var isOfElements: Bool {
        switch self {
        case .includes, .excludes: true
        default: false
        }
    }
}

/// Where in an answer an attribute is looked up.
private struct AttributeScope {
    let question: QuestionDefinition
    let location: AttributePattern
    var alternatives: [String] = []

    func inner(_ step: AttributePattern.Step) -> AttributeScope {
        AttributeScope(question: question, location: location.appending(step))
    }
}
