import StrictJSON
import Yams

extension Baseline {
    /// Reads a baseline from YAML.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for messages.
    ///   - attributes: Which attributes the kinds have, to tell a misspelled one.
    /// - Throws: `FileError` with every mistake in the file.
    public init(
        yaml text: String, file: String, kinds: KindRegistry = .all, attributes: any AttributeCatalogue
    ) throws(FileError) {
        let collector = MistakeCollector()
        let root = try Node(yaml: text, file: file)
        let reader = BaselineReader(kinds: kinds, attributes: attributes, collector: collector)
        let baseline = reader.read(root)
        guard let baseline, collector.mistakes.isEmpty else {
            throw FileError(file: file, mistakes: collector.mistakes)
        }
        self = baseline
    }
}

/// Turns YAML nodes into expectations.
struct BaselineReader {
    let kinds: KindRegistry
    let attributes: any AttributeCatalogue
    let collector: MistakeCollector

    func read(_ root: Node) -> Baseline? {
        guard let map = YAMLMap(root, keys: ["environment", "documents", "expect"], what: "a baseline", collector)
        else { return nil }
        let name = environmentName(map)
        let expectations = readExpectations(map.value("expect"), in: root)
        return name.map { Baseline(environment: $0, documents: map.text("documents"), expectations: expectations) }
    }

    private func environmentName(_ map: YAMLMap) -> EnvironmentName? {
        guard let text = map.requiredText("environment", in: "a baseline") else { return nil }
        do {
            return try EnvironmentName(text)
        } catch {
            collector.add("\(error)", at: map.value("environment") ?? Node(""))
            return nil
        }
    }

    private func readExpectations(_ node: Node?, in root: Node) -> [Expectation] {
        guard let node else {
            collector.add("a baseline needs 'expect:', a list of expectations", at: root)
            return []
        }
        guard let items = node.sequence, !items.isEmpty else {
            let fault = node.sequence == nil ? "this is \(node.noun)" : "it is empty"
            collector.add("'expect' must be a list of expectations, and \(fault)", at: node)
            return []
        }
        var names: Set<String> = []
        let expectations = items.compactMap { item in
            let expectation = readExpectation(item)
            if let name = expectation?.name, !names.insert(name).inserted {
                collector.add("the name '\(name.printable)' stands twice: each expectation needs its own", at: item)
            }
            return expectation
        }
        collector.add(ReferenceChecker(expectations, kinds: kinds, attributes: attributes).mistakes())
        return expectations
    }

    private func readExpectation(_ node: Node) -> Expectation? {
        let keys = ["name", "resource", "where", "section", "is", "why", "fix"]
        guard let map = YAMLMap(node, keys: keys, what: "an expectation", collector) else { return nil }
        let name = map.requiredText("name", in: "an expectation")
        guard let definition = readKind(map), let name else { return nil }
        let conditions = readRequirements(map.value("where"), of: definition, key: "where")
        if map.value("is") == nil { collector.add("the expectation '\(name.printable)' needs 'is:'", at: node) }
        return Expectation(
            name: name, kind: definition.kind, conditions: conditions,
            requirements: readRequirements(map.value("is"), of: definition, key: "is"),
            section: map.text("section"), why: map.text("why"), fix: map.text("fix"), position: node.position)
    }

    private func readKind(_ map: YAMLMap) -> KindDefinition? {
        guard let text = map.requiredText("resource", in: "an expectation") else { return nil }
        if let definition = kinds[Kind(rawValue: text)] { return definition }
        let known = kinds.definitions.map(\.kind.rawValue)
        let hint = nearest(to: text, among: known).map { "did you mean '\($0)'?" }
        if let node = map.value("resource") {
            collector.add(
                "unknown kind '\(text.printable)': \(hint ?? "known are \(known.joined(separator: ", "))")", at: node)
        }
        return nil
    }

    private func readRequirements(_ node: Node?, of definition: KindDefinition, key: String) -> [Requirement] {
        guard let node else { return [] }
        guard let mapping = node.mapping, !mapping.isEmpty else {
            let fault = node.mapping == nil ? "this is \(node.noun)" : "it is empty"
            collector.add("'\(key)' must be a map of attributes, and \(fault)", at: node)
            return []
        }
        return mapping.compactMap { keyNode, value in
            guard let path = readPath(keyNode), let expected = ExpectedReader(collector: collector).read(value) else {
                return nil
            }
            // In 'where', a list means any of them.
            let isChoice = key == "where" && value.sequence != nil
            var meant = expected
            if isChoice, case .list(let choices) = expected { meant = .operators([.oneOf(choices)]) }
            let checker = AttributeChecker(catalogue: attributes, definition: definition)
            // In 'where', the choices are of the value, not its elements.
            let checked = isChoice ? meant : expected
            if let mistake = checker.mistake(in: path, expected: checked) { collector.add(mistake, at: keyNode) }
            return Requirement(path: path, expected: meant, position: keyNode.position)
        }
    }

    private func readPath(_ node: Node) -> AttributePath? {
        if let path = node.scalar.flatMap({ AttributePath($0.string) }) { return path }
        collector.add("'\((node.string ?? "").printable)' is no attribute", at: node)
        return nil
    }
}
