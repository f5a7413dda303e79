import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// Parses the requirements of resources of one kind.
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

    /// The conditions of `where`, in which a list means any of its elements.
    func conditions(_ node: Node) -> [Requirement] {
        members(node, key: "where").compactMap { keyNode, path, value in
            guard var expected = ExpectedReader(collector: collector).read(value) else { return nil }
            // The list is of alternatives, not of elements.
            if case .list(let values) = expected { expected = .operators([.oneOf(values)]) }
            if let mistake = checker.mistake(in: path, expected: expected) { collector.add(mistake, at: keyNode) }
            return Requirement(path: path, expected: expected, position: collector.position(of: keyNode))
        }
    }

    /// The requirements of readings, which have AWS's names.
    func readings(_ node: Node?) -> [Requirement] {
        guard let node else { return [] }
        guard let mapping = mapping(node, key: "readings") else { return [] }
        return mapping.compactMap { keyNode, value in
            let name = keyNode.scalar?.string ?? ""
            if let known = definition.readings, !known.contains(name) {
                let hint = nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                let all = known.isEmpty ? "the kind has none" : "known are \(known.joined(separator: ", "))"
                collector.add("'\(name.printable)' is not a reading here: \(hint ?? all)", at: keyNode)
                return nil
            }
            guard !name.isEmpty, let expected = ExpectedReader(collector: collector).read(value) else { return nil }
            return Requirement(
                path: AttributePath([.member("readings"), .member(name)]), expected: expected,
                position: collector.position(of: keyNode))
        }
    }

    /// The requirement of the number of resources.
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
                collector.add("duplicate attribute '\(path.description.printable)'", at: keyNode)
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
            collector.add("'\((node.string ?? "").printable)' is not an attribute", at: node)
            return nil
        }
        for step in written.steps { _ = ExpectedReader(collector: collector).template(step.name, node) }
        if let path = definition.path(written) { return path }
        collector.add("'\(written.description.printable)': \(checker.noTags)", at: node)
        return nil
    }
}

extension Expected {
    /// Whether a count of resources can be compared with it.
    fileprivate var isNumber: Bool {
        switch self {
        case .scalar(let scalar): !scalar.text.isEmpty && scalar.text.allSatisfy { ("0"..."9").contains($0) }
        case .template, .list, .map: false
        case .operators(let operators):
            operators.allSatisfy { $0.definition.countOperands?.allSatisfy(\.isNumber) ?? false }
        }
    }
}
