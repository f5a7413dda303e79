import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// Parses expected values.
struct ExpectedReader {
    let collector: MistakeCollector

    func read(_ node: Node) -> Expected? {
        guard collector.count(node) else { return nil }
        switch node {
        case .scalar(let scalar): return readScalar(scalar, node)
        case .sequence(let items): return .list(items.compactMap(read))
        case .mapping(let mapping): return readMapping(mapping)
        case .alias:
            collector.add("unknown alias", at: node)
            return nil
        }
    }

    private func readScalar(_ scalar: Node.Scalar, _ node: Node) -> Expected? {
        guard let template = template(scalar.string, node) else { return nil }
        guard template.references.isEmpty else { return .template(template) }
        let isQuoted = scalar.style != .plain && scalar.style != .any
        return .scalar(ExpectedScalar(template.description, isQuoted: isQuoted))
    }

    /// The text with its references; nil if one is invalid, which is a mistake.
    func template(_ text: String, _ node: Node) -> Template? {
        do throws(TemplateError) {
            return try Template(reading: text, position: collector.position(of: node))
        } catch {
            collector.add(error.message.printable, at: node)
            return nil
        }
    }

    /// Parses a map: operators if every key is one, else members. A mixture is a mistake.
    private func readMapping(_ mapping: Node.Mapping) -> Expected? {
        let others = mapping.keys.filter { Operator.named($0.string ?? "") == nil }
        if mapping.isEmpty {
            collector.add("the map is empty: name a member or an operator", at: .mapping(mapping))
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
                // `5` and `"5"` are two keys for YAML.
                if !paths.insert(path).inserted {
                    collector.add("duplicate key '\(path.description.printable)'", at: key)
                }
                return (path, expected)
            })
    }

    private func refuseMixed(_ key: Node) {
        let name = key.string ?? ""
        let hint = nearest(to: name, among: Operator.names).map { ": did you mean '\($0)'?" }
        collector.add(
            "'\(name.printable)' is not an operator, unlike the other keys of its map"
                + (hint ?? ": the operators are \(Operator.names.joined(separator: ", "))"), at: key)
    }

    /// The member that a key names, whatever characters the name has.
    private func memberPath(_ key: Node) -> AttributePath? {
        guard let text = key.scalar?.string, !text.isEmpty else {
            collector.add("the name of a member must be a text", at: key)
            return nil
        }
        guard let template = template(text, key) else { return nil }
        guard let reference = template.references.first else { return AttributePath([.member(template.description)]) }
        collector.add(
            "'\(reference.description.printable)' cannot be in a key within a value: write the whole path as one key",
            at: key)
        return nil
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
