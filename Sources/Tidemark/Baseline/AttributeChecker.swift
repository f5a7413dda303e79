import StrictJSON
/// Looks for what cannot be meant in an expected attribute of one kind.
struct AttributeChecker {
    let catalogue: any AttributeCatalogue
    let definition: KindDefinition

    /// What is wrong, or nil.
    func mistake(in path: AttributePath, expected: Expected) -> String? {
        guard case .member(let first)? = path.steps.first else { return nil }
        if let fact = definition.fact(first) {
            return mistake(path.steps.dropFirst(), expected, in: Scope(name: first, source: .fact(fact.shape)))
        }
        let question = definition.questions.first { question in question.facets.contains { $0.name == first } }
        guard let owner = question ?? definition.questions.first(where: { !$0.facets.isEmpty }),
            let facet = owner.facets.first(where: { $0.name == first }) ?? owner.facets.first
        else { return nil }
        let scope = Scope(name: first, source: .answer(owner), facet: facet)
        return mistake(question == nil ? path.steps[...] : path.steps.dropFirst(), expected, in: scope)
    }

    /// What is wrong with an attribute of which nothing is known but that its value is wanted, or nil.
    func mistake(inReference written: AttributePath) -> String? {
        guard let path = definition.path(written) else { return "\(definition.kind) has no tags that are looked at" }
        return mistake(in: path, expected: .operators([.present(true)]))
    }

    /// Where in a facet or a fact an attribute is looked up.
    private struct Scope {
        enum Source {
            case fact(AttributeShape?)
            case answer(QuestionDefinition)
        }

        var name: String
        var source: Source
        var facet: FacetDefinition?
        var pattern = AttributePattern()

        func inner(_ step: AttributePattern.Step, name: String? = nil) -> Scope {
            var inner = self
            inner.name = name ?? self.name
            inner.pattern = pattern.appending(step)
            inner.source =
                switch source {
                // What a list or a map of a fact holds are texts.
                case .fact(let shape): .fact(shape == .list || shape == .map ? .scalar : nil)
                case .answer: source
                }
            return inner
        }

        /// The attribute, and what it is.
        func noun(_ shape: AttributeShape) -> String { "'\(name.printable)' is \(shape.noun)" }

        var isKeyed: Bool { if case .keyed? = facet?.lists[pattern] { true } else { false } }
    }

    private func shape(in scope: Scope) -> AttributeShape? {
        switch scope.source {
        case .fact(let shape): shape
        case .answer(let question): scope.facet.flatMap { catalogue.shape(of: $0, at: scope.pattern, in: question) }
        }
    }

    private func mistake(
        _ steps: ArraySlice<AttributePath.Step>, _ expected: Expected, in scope: Scope
    ) -> String? {
        if scope.facet?.volatile.contains(scope.pattern) == true {
            return "'\(scope.name)' changes by itself and is no part of the description: nothing can be expected of it"
        }
        guard let step = steps.first else { return mistake(expected, in: scope) }
        switch step {
        case .key: return mistake(steps.dropFirst(), expected, in: scope.inner(.elements))
        case .member(let name):
            return noMember(name, in: scope)
                ?? mistake(steps.dropFirst(), expected, in: scope.inner(member(name, in: scope), name: name))
        }
    }

    /// Within a keyed list, a name is an element's key.
    private func member(_ name: String, in scope: Scope) -> AttributePattern.Step {
        scope.isKeyed ? .elements : .member(name)
    }

    private func noMember(_ name: String, in scope: Scope) -> String? {
        switch shape(in: scope) {
        case .structure(let known) where !known.contains(name):
            let others = scope.pattern.steps.isEmpty ? definition.facts.map(\.name) + definition.facets.map(\.name) : []
            let hint = nearest(to: name, among: known + others).map { ": did you mean '\($0)'?" }
            return "'\(name.printable)' is no attribute here" + (hint ?? ": see 'tidemark show' for those there are")
        case .scalar, .value: return noOperator(name, in: scope)
        // In a keyed list any name may be an element's; one that is nearly an operator is not meant so.
        case .list where !scope.isKeyed || nearest(to: name, among: Operator.names) != nil:
            return noOperator(name, in: scope)
        default: return nil
        }
    }

    private func noOperator(_ name: String, in scope: Scope) -> String {
        "'\(name.printable)' is neither a member of '\(scope.name.printable)' nor an operator "
            + "(\(Operator.names.joined(separator: ", ")))"
    }

    // MARK: Values

    private func mistake(_ expected: Expected, in scope: Scope) -> String? {
        let shape = shape(in: scope)
        switch expected {
        case .scalar(let scalar): return mistake(scalar, shape, in: scope)
        // What it will stand for, one value or several, is known only where it is resolved.
        case .template: return nil
        case .list(let elements):
            if let shape, shape != .list { return "\(scope.noun(shape)), and a list is expected of it" }
            return elements.lazy.compactMap { mistake($0, in: scope.inner(.elements)) }.first
        case .map(let members):
            return members.lazy.compactMap { mistake($0.path.steps[...], $0.expected, in: scope) }.first
        case .operators(let operators):
            return operators.lazy.compactMap { mistake($0, shape, in: scope) }.first
        }
    }

    private func mistake(_ scalar: ExpectedScalar, _ shape: AttributeShape?, in scope: Scope) -> String? {
        guard !scalar.isNull, let shape else { return nil }
        guard shape.isScalar else { return "\(scope.noun(shape)), and a single value is expected of it" }
        guard case .value(let type) = shape, !type.admits(scalar.text) else { return nil }
        return "\(scope.noun(shape)), and never '\(scalar.text.printable)'"
    }

    private func mistake(_ test: Operator, _ shape: AttributeShape?, in scope: Scope) -> String? {
        if let shape, !test.canTest(shape) {
            let name = test.name.rawValue
            let result = test.holdsOfNothing ? "always hold" : "never hold"
            let hint = shape == .list ? ": see 'includes'" : ""
            return "\(scope.noun(shape)), of which '\(name)' would \(result)\(hint)"
        }
        let inner = test.isOfElements && shape?.isScalar != true ? scope.inner(.elements) : scope
        // A part of a text is a text, whatever stands for the whole.
        if test.isOfElements, shape?.isScalar == true { return nil }
        return test.operands.lazy.compactMap { mistake($0, in: inner) }.first
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

    /// Whether it holds of a value that it cannot test.
    fileprivate var holdsOfNothing: Bool { if case .excludes = self { true } else { false } }

    /// Whether it can hold of one value of a shape and not of another.
    fileprivate func canTest(_ shape: AttributeShape) -> Bool {
        switch (self, shape) {
        case (.includes, .list), (.includes, .scalar), (.includes, .value(.text)), (.includes, .value(.time)),
            (.excludes, .list), (.excludes, .scalar), (.excludes, .value(.text)), (.excludes, .value(.time)):
            true
        case (.includes, _), (.excludes, _): false
        case (.matches, .structure), (.matches, .list), (.matches, .map): false
        case (.atLeast, .value(.boolean)), (.atLeast, .value(.time)), (.atLeast, .structure), (.atLeast, .list),
            (.atLeast, .map):
            false
        case (.atMost, .value(.boolean)), (.atMost, .value(.time)), (.atMost, .structure), (.atMost, .list),
            (.atMost, .map):
            false
        default: true
        }
    }
}
