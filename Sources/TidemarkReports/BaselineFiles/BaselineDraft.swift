import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import Yams

/// A first baseline: everything that a snapshot shows, as expectations to be reviewed and reduced.
///
/// Values that every release changes, and values that could not be seen, are left out. A redacted value is expected to be
/// present. A resource with an opaque id is referred to by the name of its expectation. Anything added later is drift: the
/// expectations are exact, and every kind that was seen whole is listed under `unexpected`.
public struct BaselineDraft: Sendable {
    private let snapshot: SnapshotView
    private let attributes: any AttributeCatalogue
    private let names: DraftNames

    /// Creates a draft of a snapshot.
    /// - Parameter attributes: The attributes that a baseline can expect; others are left out.
    public init(of snapshot: SnapshotView, attributes: any AttributeCatalogue) {
        self.snapshot = snapshot
        self.attributes = attributes
        names = DraftNames(snapshot)
    }

    /// The baseline as a YAML file.
    /// - Throws: `Failure` if the YAML cannot be serialized.
    public func yaml() throws(Failure) -> String {
        let expectations = names.resources.compactMap(expectation)
        let closed = snapshot.kinds.definitions.filter(isClosed).map { Node.text($0.kind.rawValue) }
        let root: Node = .map([
            ("environment", .text(snapshot.environment.rawValue)), ("expect", .sequence(.init(expectations))),
            ("unexpected", .sequence(.init(closed))),
        ])
        do {
            return try Yams.serialize(node: root, indent: 2, width: 120, allowUnicode: true)
        } catch {
            throw Failure(.invalid, "the baseline cannot be written", why: "\(error)".printable)
        }
    }

    /// Whether every resource of a kind is expected, so that one more is drift.
    private func isClosed(_ definition: KindDefinition) -> Bool {
        definition.released != .all && snapshot.knew(definition.kind)
            && snapshot.gap(about: definition.kind) == nil
    }

    private func expectation(of resource: ResourceID) -> Node? {
        guard let definition = snapshot.kinds[resource.kind], let name = names[resource] else { return nil }
        var members: [(String, Node)] = [("name", .text(name)), ("resource", .text(resource.kind.rawValue))]
        if snapshot.resources.count(where: { $0.kind == resource.kind }) > 1 {
            members.append(("where", .map([("identity", .text(resource.identity))])))
        }
        let attributes = attributes(of: resource, definition)
        let requirements = attributes.compactMap { requirement($0.key, $0.value, of: resource, definition) }
        members.append(
            ("is", .map(requirements.isEmpty ? [("identity", .text(resource.identity))] : requirements)))
        if requirements.count == attributes.count, snapshot.unseenFacets(of: resource).isEmpty {
            members.append(("exact", .plain("true")))
        }
        return .map(members)
    }

    // MARK: Attributes

    /// The attributes of a resource that were seen and that no release changes. A fact replaces the attribute that it
    /// summarizes.
    private func attributes(of resource: ResourceID, _ definition: KindDefinition) -> [JSONObject.Member] {
        let facts = definition.facts.filter { $0.summarizedAttribute != nil }.compactMap { fact -> JSONObject.Member? in
            guard !definition.released.covers(fact.summarizedAttribute ?? ""),
                case .seen(let value) = snapshot.value(of: fact, of: resource)
            else { return nil }
            return (key: fact.name, value: value)
        }
        let summarized = Set(
            definition.facts.filter { fact in facts.contains { $0.key == fact.name } }.compactMap(\.summarizedAttribute)
        )
        let description = snapshot.result(of: FacetID(resource, Snapshot.description)).seen?.object?.members ?? []
        let others = snapshot.facets(of: resource)
            .filter { $0.name != Snapshot.description && !$0.isDerived }
            .compactMap { facet in snapshot.result(of: facet).seen.map { (key: facet.name, value: $0) } }
        return (description + others).filter { !summarized.contains($0.key) && !definition.released.covers($0.key) }
            + facts
    }

    /// The expectation of a value: `present: true` for one that cannot be written; nil for one that a baseline cannot expect.
    private func requirement(
        _ name: String, _ value: JSON, of resource: ResourceID, _ definition: KindDefinition
    ) -> (String, Node)? {
        guard let path = AttributePath(name) else { return nil }
        let checker = AttributeChecker(catalogue: attributes, definition: definition)
        let isThere: Node? = value.isNothing ? nil : Self.present
        return [node(value, in: resource), isThere].compactMap(\.self).first { checker.accepts($0, of: path) }
            .map { (name, $0) }
    }

    private static var present: Node { .map([("present", .plain("true"))]) }

    /// The value as it is written in a baseline; nil if it would be parsed as something else.
    private func node(_ value: JSON, in resource: ResourceID) -> Node? {
        switch value {
        case Redacted.value: return Self.present
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
            let members = object.members.compactMap { key, value in
                node(value, in: resource).map { (DraftNames.literal(key), $0) }
            }
            if members.isEmpty { return object.isEmpty ? .plain("null") : nil }
            return members.count == object.count ? .map(members) : nil
        }
    }
}

extension LookupResult {
    fileprivate var seen: JSON? { if case .seen(let value) = self { value } else { nil } }
}
