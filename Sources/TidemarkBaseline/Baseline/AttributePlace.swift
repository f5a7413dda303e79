import StrictJSON
import TidemarkKinds

/// A place in a facet or a fact, with the values that AWS can have there.
struct AttributePlace {
    enum Source {
        case fact(AttributeShape?, LineMeaning?)
        case answer(QuestionDefinition)
    }

    let checker: AttributeChecker
    /// The last name that leads here, for messages.
    private let name: String
    private let source: Source
    private let facet: FacetDefinition?
    private let pattern: AttributePattern

    init(
        checker: AttributeChecker, name: String, source: Source, facet: FacetDefinition?,
        pattern: AttributePattern = AttributePattern()
    ) {
        self.checker = checker
        self.name = name
        self.source = source
        self.facet = facet
        self.pattern = pattern
    }

    /// Nil if unknown.
    var shape: AttributeShape? {
        switch source {
        case .fact(let shape, _): shape
        case .answer(let question): facet.flatMap { checker.catalogue.shape(of: $0, at: pattern, in: question) }
        }
    }

    /// The meaning of a fact's lines; nil if texts are compared here.
    var meaning: LineMeaning? { if case .fact(_, let meaning) = source { meaning } else { nil } }

    /// The place of a list's elements.
    var elements: AttributePlace { inner(.elements, name: name) }

    private func inner(_ step: AttributePattern.Step, name: String) -> AttributePlace {
        let source: Source =
            switch source {
            // The values within a list or a map of a fact are texts.
            case .fact(let shape, _): .fact(shape == .list || shape == .map ? .scalar : nil, nil)
            case .answer: source
            }
        return AttributePlace(
            checker: checker, name: name, source: source, facet: facet, pattern: pattern.appending(step))
    }

    private var isKeyed: Bool { if case .keyed? = facet?.lists[pattern] { true } else { false } }

    /// The attribute and its type.
    private func noun(_ shape: AttributeShape) -> String { "'\(name.printable)' is \(shape.noun)" }

    // MARK: Paths

    /// The mistake in a path from here or in what is expected at its end, or nil.
    func mistake(_ steps: ArraySlice<AttributePath.Step>, _ expected: Expected) -> String? {
        if facet?.volatile.contains(pattern) == true {
            let reading = facet?.readings.first {
                AttributePattern(stringLiteral: $0).steps.starts(with: pattern.steps)
            }
            return "'\(name)' changes by itself and is not part of the description: "
                + (reading.map { "expect '\($0)' under 'readings'" } ?? "nothing can be expected of it")
        }
        guard let step = steps.first else { return mistake(in: expected) }
        switch step {
        case .key(let key): return misspelled(key) ?? elements.mistake(steps.dropFirst(), expected)
        case .member(let member):
            if isKeyed, let mistake = misspelled(member) { return mistake }
            if let mistake = unknownMember(member) { return mistake }
            // In a keyed list, a name is the key of an element.
            return inner(isKeyed ? .elements : .member(member), name: member).mistake(steps.dropFirst(), expected)
        }
    }

    private func unknownMember(_ member: String) -> String? {
        switch shape {
        case .structure(let known) where !known.contains(member):
            let definition = checker.definition
            let others = pattern.steps.isEmpty ? definition.facts.map(\.name) + definition.facets.map(\.name) : []
            let hint = nearest(to: member, among: known + others).map { ": did you mean '\($0)'?" }
            let isName = pattern.steps.isEmpty && Self.namesOfIdentities.contains(member.lowercased())
            return "'\(member.printable)' is not an attribute here"
                + (hint ?? (isName ? ": the name that distinguishes a resource is its 'identity'" : nil)
                    ?? ", and no attribute has a similar name")
        case .scalar, .value: return notAnOperator(member)
        // Any name can be the key of an element, but a misspelled operator is likelier.
        case .list where !isKeyed || nearest(to: member, among: Operator.names) != nil: return notAnOperator(member)
        default: return nil
        }
    }

    /// What other tools call the identity.
    private static let namesOfIdentities: Set = ["name", "id", "identifier", "arn"]

    /// The mistake in a key that is like a known one, or nil.
    private func misspelled(_ key: String) -> String? {
        guard pattern.steps.isEmpty, !key.contains("${") else { return nil }
        return facet?.nearestKey(key).map { "'\(key.printable)' is not a known key: did you mean '\($0)'?" }
    }

    private func notAnOperator(_ member: String) -> String {
        "'\(member.printable)' is neither a member of '\(name.printable)' nor an operator "
            + "(\(Operator.names.joined(separator: ", ")))"
    }

    // MARK: Values

    /// The mistake in what is expected here, or nil.
    func mistake(in expected: Expected) -> String? {
        switch expected {
        case .scalar(let scalar): return mistake(in: scalar)
        // Only its resolution shows whether it is one value or several.
        case .template: return nil
        case .list(let expected):
            if let shape, shape != .list {
                let hint = shape.isScalar ? ": for any of several values write '\(OneOfOperator.name)'" : ""
                return "\(noun(shape)), and a list is expected of it\(hint)"
            }
            return expected.lazy.compactMap { elements.mistake(in: $0) }.first
        case .map(let members):
            return members.lazy.compactMap { mistake($0.path.steps[...], $0.expected) }.first
        case .operators(let operators):
            return operators.lazy.compactMap { $0.definition.mistake(at: self) }.first
        }
    }

    private func mistake(in scalar: ExpectedScalar) -> String? {
        guard !scalar.isNull, let shape else { return nil }
        guard shape.isScalar else { return "\(noun(shape)), and a single value is expected of it\(advice(on: shape))" }
        guard case .value(let type) = shape, !type.admits(scalar.text) else { return nil }
        return noun(shape) + (type == .boolean ? ": write true or false" : ": '\(scalar.text.printable)' is not one")
    }

    /// What to write where a single value was expected of a map or a list.
    private func advice(on shape: AttributeShape) -> String {
        switch shape {
        case .structure(let members) where members.contains("Value"): ": write '.Value' behind it"
        case .structure(let members): members.first.map { ": name a member, such as '.\($0)'" } ?? ""
        case .map: ": name a member behind it"
        case .list: ": write [ ] around it, or use '\(IncludesOperator.name)'"
        case .scalar, .value: ""
        }
    }

    /// The refusal of an operator that gives the same result for every value here, or nil.
    /// - Parameter result: `never holds` or `always holds`.
    func refusal(of operatorName: String, result: String, unless canTest: (AttributeShape) -> Bool) -> String? {
        guard let shape, !canTest(shape) else { return nil }
        let hint = shape == .list ? ": see '\(IncludesOperator.name)'" : ""
        return "\(noun(shape)), for which '\(operatorName)' \(result)\(hint)"
    }
}
