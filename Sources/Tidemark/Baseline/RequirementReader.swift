import StrictYAML
import StrictJSON
import Yams

/// Turns YAML maps into what is expected of a resource of one kind.
struct RequirementReader {
    let definition: KindDefinition
    let attributes: any AttributeCatalogue
    let collector: MistakeCollector

    private var checker: AttributeChecker { AttributeChecker(catalogue: attributes, definition: definition) }

    func requirements(_ node: Node?) -> [Requirement] {
        members(node, key: "is").compactMap { keyNode, path, value in
            guard let expected = ExpectedReader(collector: collector).read(value) else { return nil }
            if let mistake = checker.mistake(in: path, expected: expected) { collector.add(mistake, at: keyNode) }
            return Requirement(path: path, expected: expected, position: collector.position(of: keyNode))
        }
    }

    /// Which resource is meant: here a list means any of its elements.
    func conditions(_ node: Node) -> [Requirement] {
        members(node, key: "where").compactMap { keyNode, path, value in
            guard var expected = ExpectedReader(collector: collector).read(value) else { return nil }
            // The choices are of the value, not of its elements.
            if case .list(let choices) = expected { expected = .operators([.oneOf(choices)]) }
            if let mistake = checker.mistake(in: path, expected: expected) { collector.add(mistake, at: keyNode) }
            return Requirement(path: path, expected: expected, position: collector.position(of: keyNode))
        }
    }

    /// Of what AWS says of the moment; the names are AWS's, each as a whole.
    func readings(_ node: Node?) -> [Requirement] {
        guard let node else { return [] }
        guard let mapping = mapping(node, key: "readings") else { return [] }
        return mapping.compactMap { keyNode, value in
            let name = keyNode.scalar?.string ?? ""
            if let known = definition.readings, !known.contains(name) {
                let hint = nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                let all = known.isEmpty ? "the kind has none" : "known are \(known.joined(separator: ", "))"
                collector.add("'\(name.printable)' is no reading here: \(hint ?? all)", at: keyNode)
                return nil
            }
            guard !name.isEmpty, let expected = ExpectedReader(collector: collector).read(value) else { return nil }
            return Requirement(
                path: AttributePath([.member("readings"), .member(name)]), expected: expected,
                position: collector.position(of: keyNode))
        }
    }

    /// How many resources there should be.
    func count(_ node: Node) -> Requirement? {
        guard let expected = ExpectedReader(collector: collector).read(node) else { return nil }
        guard expected.isNumber else {
            collector.add("'count' is a number such as 2, or operators on one: { at-least: 1 }", at: node)
            return nil
        }
        return Requirement(
            path: AttributePath([.member("count")]), expected: expected, position: collector.position(of: node))
    }

    private func members(_ node: Node?, key: String) -> [(key: Node, path: AttributePath, value: Node)] {
        guard let node, let mapping = mapping(node, key: key) else { return [] }
        var paths: Set<AttributePath> = []
        return mapping.compactMap { keyNode, value in
            guard let path = path(keyNode) else { return nil }
            if !paths.insert(path).inserted {
                collector.add("'\(path.description.printable)' stands twice", at: keyNode)
            }
            return (keyNode, path, value)
        }
    }

    private func mapping(_ node: Node, key: String) -> Node.Mapping? {
        if let mapping = node.mapping, !mapping.isEmpty { return mapping }
        let fault = node.mapping == nil ? "this is \(node.noun)" : "it is empty"
        collector.add("'\(key)' must be a map of \(key == "readings" ? key : "attributes"), and \(fault)", at: node)
        return nil
    }

    private func path(_ node: Node) -> AttributePath? {
        guard let written = node.scalar.flatMap({ AttributePath($0.string) }) else {
            collector.add("'\((node.string ?? "").printable)' is no attribute", at: node)
            return nil
        }
        if let path = definition.path(written) { return path }
        collector.add("'\(written.description.printable)': \(checker.noTags)", at: node)
        return nil
    }
}

extension Expected {
    /// Whether it can be expected of a number of things.
    fileprivate var isNumber: Bool {
        switch self {
        case .scalar(let scalar): !scalar.text.isEmpty && scalar.text.allSatisfy { ("0"..."9").contains($0) }
        case .template, .list, .map: false
        case .operators(let operators):
            operators.allSatisfy { $0.definition.countOperands?.allSatisfy(\.isNumber) ?? false }
        }
    }
}
