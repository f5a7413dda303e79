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
    private func template(_ text: String, _ node: Node) -> Template? {
        do throws(TemplateError) {
            return try Template(reading: text, position: collector.position(of: node))
        } catch {
            collector.add(error.message.printable, at: node)
            return nil
        }
    }

    /// A map is operators if every key is one; operators and members do not mix.
    private func readMapping(_ mapping: Node.Mapping) -> Expected? {
        let others = mapping.keys.filter { Operator.Name(rawValue: $0.string ?? "") == nil }
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
        guard let name = Operator.Name(rawValue: key.string ?? "") else { return nil }
        switch name {
        case .equals: return read(value).map(Operator.equals)
        case .not: return read(value).map(Operator.not)
        case .oneOf: return readList(value).map(Operator.oneOf)
        case .includes: return readList(value).map(Operator.includes)
        case .excludes: return readList(value).map(Operator.excludes)
        case .matches: return readPattern(value)
        case .atLeast: return readBound(value).map(Operator.atLeast)
        case .atMost: return readBound(value).map(Operator.atMost)
        case .present: return readPresent(value)
        }
    }

    private func readList(_ node: Node) -> [Expected]? {
        guard let items = node.sequence else { return read(node).map { [$0] } }
        return items.compactMap(read)
    }

    private func readPattern(_ node: Node) -> Operator? {
        guard let scalar = node.scalar else {
            collector.add("'matches' needs a regular expression", at: node)
            return nil
        }
        guard collector.hasRoomForPatterns, let template = template(scalar.string, node) else { return nil }
        do throws(PatternError) {
            let pattern = try Pattern(template)
            return collector.countPattern(ofSize: pattern.writtenOutSize, at: node) ? .matches(pattern) : nil
        } catch {
            collector.add("invalid regular expression: \(error.message.printable)", at: node, offset: error.offset)
            return nil
        }
    }

    private func readBound(_ node: Node) -> String? {
        if let text = node.scalar?.string, DottedNumber(text) != nil { return text }
        collector.add("'at-least' and 'at-most' need a number such as 7.1", at: node)
        return nil
    }

    private func readPresent(_ node: Node) -> Operator? {
        switch node.scalar?.string {
        case "true": return .present(true)
        case "false": return .present(false)
        default:
            collector.add("'present' is true or false", at: node)
            return nil
        }
    }
}
