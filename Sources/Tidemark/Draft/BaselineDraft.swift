import StrictJSON
import Yams

/// A first baseline: everything that a snapshot shows, as expectations to be reviewed and cut.
///
/// What every release changes by design is left out, and so is what could not be seen. A redacted value is expected to be
/// there. Resources are referred to by the names of their expectations where their identities are not names.
public struct BaselineDraft: Sendable {
    private let snapshot: Snapshot
    private let attributes: any AttributeCatalogue
    private let names: DraftNames

    /// - Parameter attributes: What a baseline may expect; what is not among it is left out.
    public init(of snapshot: Snapshot, attributes: any AttributeCatalogue) {
        self.snapshot = snapshot
        self.attributes = attributes
        names = DraftNames(snapshot)
    }

    /// The baseline's text.
    public func yaml() throws(Failure) -> String {
        let expectations = names.resources.compactMap(expectation)
        let root: Node = .map([
            ("environment", .text(snapshot.environment.rawValue)), ("expect", .sequence(.init(expectations))),
        ])
        do {
            return try Yams.serialize(node: root, indent: 2, width: 120, allowUnicode: true)
        } catch {
            throw Failure(.invalid, "the baseline cannot be written", why: "\(error)".printable)
        }
    }

    private func expectation(of resource: ResourceID) -> Node? {
        guard let definition = snapshot.kinds[resource.kind], let name = names[resource] else { return nil }
        var members: [(String, Node)] = [("name", .text(name)), ("resource", .text(resource.kind.rawValue))]
        if snapshot.resources.count(where: { $0.kind == resource.kind }) > 1 {
            members.append(("where", .map([("identity", .text(resource.identity))])))
        }
        let requirements = requirements(of: resource, definition)
        members.append(
            ("is", .map(requirements.isEmpty ? [("identity", .text(resource.identity))] : requirements)))
        return .map(members)
    }

    // MARK: What is expected

    private func requirements(of resource: ResourceID, _ definition: KindDefinition) -> [(String, Node)] {
        let facts = definition.facts.filter { $0.told != nil }.compactMap { fact -> (String, Node)? in
            guard !definition.released.covers(fact.told ?? ""),
                case .seen(let value) = snapshot.value(of: fact, of: resource)
            else { return nil }
            return requirement(fact.name, value, of: resource, definition)
        }
        let told = Set(definition.facts.filter { fact in facts.contains { $0.0 == fact.name } }.compactMap(\.told))
        let description = snapshot.sight(of: FacetID(resource, Snapshot.description)).seen?.object?.members ?? []
        let others = snapshot.facets(of: resource)
            .filter { $0.name != Snapshot.description && $0.name != Snapshot.reach }
            .compactMap { facet in snapshot.sight(of: facet).seen.map { (key: facet.name, value: $0) } }
        let plain = (description + others).filter { !told.contains($0.key) && !definition.released.covers($0.key) }
        return plain.compactMap { requirement($0.key, $0.value, of: resource, definition) } + facts
    }

    /// Nil for what a baseline cannot expect.
    private func requirement(
        _ name: String, _ value: JSON, of resource: ResourceID, _ definition: KindDefinition
    ) -> (String, Node)? {
        guard let path = AttributePath(name), let node = node(value, in: resource) else { return nil }
        let checker = AttributeChecker(catalogue: attributes, definition: definition)
        let expected = ExpectedReader(collector: MistakeCollector()).read(node)
        guard let expected, checker.mistake(in: path, expected: expected) == nil else { return nil }
        return (name, node)
    }

    /// The value as it is written in a baseline; nil where what is written would be read as something else.
    private func node(_ value: JSON, in resource: ResourceID) -> Node? {
        switch value {
        case Redacted.value: return .map([("present", .plain("true"))])
        case .null: return .plain("null")
        case .bool(let isTrue): return .plain(isTrue ? "true" : "false")
        case .number(let number): return .plain(number.lexeme)
        case .string(let text): return .text(names.referring(text, in: resource))
        case .array(let values):
            let nodes = values.compactMap { node($0, in: resource) }
            return nodes.count == values.count ? .sequence(.init(nodes)) : nil
        case .object(let object):
            // A map of operators' names would be read as operators.
            guard object.keys.allSatisfy({ !Operator.names.contains($0) }) else { return nil }
            let members = object.members.compactMap { key, value in node(value, in: resource).map { (key, $0) } }
            return members.count == object.count && !members.isEmpty ? .map(members) : nil
        }
    }
}

extension Sight {
    fileprivate var seen: JSON? { if case .seen(let value) = self { value } else { nil } }
}
