import StrictYAML
import StrictJSON
import Yams

/// Turns YAML values into what is expected.
struct ExpectedReader {
    let collector: MistakeCollector

    func read(_ node: Node) -> Expected? {
        guard collector.count(node) else { return nil }
        switch node {
        case .scalar(let scalar): return readScalar(scalar, node)
        case .sequence(let items): return .list(items.compactMap(read))
        case .mapping(let mapping): return readMapping(mapping)
        case .alias:
            collector.add("an alias without its anchor", at: node)
            return nil
        }
    }

    private func readScalar(_ scalar: Node.Scalar, _ node: Node) -> Expected? {
        guard let template = template(scalar.string, node) else { return nil }
        guard template.references.isEmpty else { return .template(template) }
        let isQuoted = scalar.style != .plain && scalar.style != .any
        return .scalar(ExpectedScalar(template.description, isQuoted: isQuoted))
    }

    /// The text with its references, or a mistake.
    func template(_ text: String, _ node: Node) -> Template? {
        do throws(TemplateError) {
            return try Template(reading: text, position: collector.position(of: node))
        } catch {
            collector.add(error.message.printable, at: node)
            return nil
        }
    }

    /// A map is operators if every key is one; operators and members do not mix.
    private func readMapping(_ mapping: Node.Mapping) -> Expected? {
        let others = mapping.keys.filter { Operator.named($0.string ?? "") == nil }
        if mapping.isEmpty {
            collector.add("nothing is expected here: the map is empty", at: .mapping(mapping))
            return nil
        }
        if others.isEmpty { return .operators(mapping.compactMap { readOperator($0.key, $0.value) }) }
        if others.count < mapping.count {
            for key in others { refuseMixed(key) }
            return nil
        }
        var paths: Set<AttributePath> = []
        return .map(
            mapping.compactMap { key, value in
                guard let path = memberPath(key), let expected = read(value) else { return nil }
                // YAML takes a number in quotes for another key.
                if !paths.insert(path).inserted {
                    collector.add("'\(path.description.printable)' stands twice", at: key)
                }
                return (path, expected)
            })
    }

    private func refuseMixed(_ key: Node) {
        let name = key.string ?? ""
        let hint = nearest(to: name, among: Operator.names).map { ": did you mean '\($0)'?" }
        collector.add(
            "'\(name.printable)' is no operator and stands among operators"
                + (hint ?? ": they are \(Operator.names.joined(separator: ", "))"), at: key)
    }

    /// A key within a map is one member's name, or a path in AWS's spelling; a name that is no path is taken as it is.
    private func memberPath(_ key: Node) -> AttributePath? {
        guard let text = key.scalar?.string, !text.isEmpty else {
            collector.add("a member's name must be a text", at: key)
            return nil
        }
        return AttributePath([.member(text)])
    }

    private func readOperator(_ key: Node, _ value: Node) -> Operator? {
        Operator.named(key.string ?? "")?.init(value, self).map(Operator.init)
    }

    /// The elements of a list; a single value is a list of one.
    func readList(_ node: Node) -> [Expected]? {
        guard let items = node.sequence else { return read(node).map { [$0] } }
        return items.compactMap(read)
    }
}
