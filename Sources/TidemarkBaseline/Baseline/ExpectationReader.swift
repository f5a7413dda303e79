import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// Parses expectations, which override those of the extended baseline.
struct ExpectationReader {
    let kinds: KindRegistry
    let attributes: any AttributeCatalogue
    let collector: MistakeCollector

    private static let keys = [
        "name", "resource", "where", "each", "count", "section", "is", "exact", "readings", "why", "fix", "severity",
    ]

    /// - Parameter isRequired: Whether a missing list is a mistake; it is unless the baseline extends another one.
    func read(_ node: Node?, in root: Node, isRequired: Bool, into part: inout BaselinePart) {
        guard let node else {
            if isRequired { collector.add("a baseline needs 'expect:', a list of expectations", at: root) }
            return
        }
        guard let items = node.sequence, !items.isEmpty else {
            let fault = node.sequence == nil ? "this is \(node.noun)" : "it is empty"
            collector.add("'expect' must be a list of expectations, and \(fault)", at: node)
            return
        }
        var names: Set<String> = []
        var places = Dictionary(part.expectations.enumerated().map { ($1.name, $0) }) { first, _ in first }
        for item in items {
            let name = item["name"]?.scalar?.string ?? ""
            let base = names.contains(name) ? nil : places[name].map { part.expectations[$0] }
            guard let expectation = read(item, over: base, isBroken: part.broken.contains(name)) else {
                part.broken.insert(name)
                continue
            }
            if !names.insert(name).inserted {
                part.repeated.append(expectation)
                collector.add("duplicate name '\(name.printable)': each expectation needs a name of its own", at: item)
            } else if let place = places[name] {
                part.expectations[place] = expectation
            } else {
                places[name] = part.expectations.count
                part.expectations.append(expectation)
            }
        }
    }

    /// - Parameter isBroken: Whether the overridden expectation has a mistake.
    private func read(_ node: Node, over base: Expectation?, isBroken: Bool) -> Expectation? {
        guard let map = YAMLMap(node, keys: Self.keys, what: "an expectation", collector) else { return nil }
        let name = map.requiredText("name", in: "an expectation")
        if isBroken, map.value("resource") == nil { return nil }
        guard let definition = readKind(map, over: base), let name else { return nil }
        let reader = RequirementReader(definition: definition, attributes: attributes, collector: collector)
        if base == nil, ["is", "readings", "count"].allSatisfy({ map.value($0) == nil }) {
            collector.add("the expectation '\(name.printable)' needs 'is:'", at: node)
        }
        let requirements = (base?.requirements ?? []).overridden(by: reader.requirements(map.value("is")))
        let isExact = map.flag("exact") ?? base?.isExact ?? false
        if isExact, requirements.isEmpty, let exact = map.value("exact"), map.value("is") == nil {
            collector.add("'exact' needs 'is', and '\(name.printable)' has none", at: exact)
        }
        return Expectation(
            name: name, kind: definition.kind,
            conditions: map.value("where").map { reader.conditions($0) } ?? base?.conditions ?? [],
            scope: readScope(map, reader) ?? base?.scope ?? .one,
            requirements: requirements, isExact: isExact,
            readings: (base?.readings ?? []).overridden(by: reader.readings(map.value("readings"))),
            info: RuleInfo(map, over: base?.info, at: node, collector))
    }

    private func readKind(_ map: YAMLMap, over base: Expectation?) -> KindDefinition? {
        if let base, map.value("resource") == nil { return kinds[base.kind] }
        guard let text = map.requiredText("resource", in: "an expectation"), let node = map.value("resource") else {
            return nil
        }
        if let resource = kinds.resource(text) {
            collector.add(
                "'\(text.printable)' is a resource, and 'resource' takes a kind: write \(resource.kind), and the rest in "
                    + "'where: { identity: \(resource.identity.printable) }'", at: node)
            return nil
        }
        guard let definition = kinds.definition(named: text, at: node, collector) else { return nil }
        guard let base, base.kind != definition.kind else { return definition }
        collector.add(
            "'\(base.name.printable)' is of kind \(base.kind) in \(base.info.position.file.printable): "
                + "remove that expectation, or choose another name", at: node)
        return nil
    }

    /// Nil without `each` and `count`.
    private func readScope(_ map: YAMLMap, _ reader: RequirementReader) -> Expectation.Scope? {
        let isEach = map.flag("each")
        if let count = map.value("count") { return reader.count(count).map(Expectation.Scope.counted) }
        return isEach.map { $0 ? .each : .one }
    }
}

extension KindRegistry {
    /// The resource that a text names as reports do, `ecs.container/django`; nil for any other text.
    func resource(_ text: String) -> ResourceID? {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let definition = self[Kind(rawValue: parts[0])] else { return nil }
        return ResourceID(definition.kind, parts[1])
    }

    /// The kind of that name; an unknown name is a mistake, which suggests the nearest one.
    package func definition(named text: String, at node: Node, _ collector: MistakeCollector) -> KindDefinition? {
        if let definition = self[Kind(rawValue: text)] { return definition }
        let known = definitions.map(\.kind.rawValue)
        let suggestion = hint(for: text, among: known)
        collector.add(
            "unknown kind '\(text.printable)': \(suggestion ?? "the known kinds are \(known.joined(separator: ", "))")",
            at: node)
        return nil
    }
}
