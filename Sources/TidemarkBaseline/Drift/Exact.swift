import StrictJSON
import Tidemark
import TidemarkKinds

extension BaselineEvaluator {
    /// The findings about attributes that an exact expectation does not name, except those that every release changes and
    /// those that a named fact summarizes.
    ///
    /// - Parameter earlier: The other findings about the resource: the reason for an unseen facet is reported once.
    func findings(beside expectation: Expectation, in resource: ResourceID, found earlier: [Finding]) -> [Finding] {
        guard expectation.isExact, let definition = snapshot.kinds[resource.kind] else { return [] }
        let named = Set(expectation.requirements.compactMap(\.path.firstName))
        let facts = definition.facts.filter { named.contains($0.name) }.compactMap(\.summarizedAttribute)
        let covered = named.union(facts)
        var reasons = Set(earlier.compactMap(\.unseen))
        return definition.facets.flatMap { facet -> [Finding] in
            switch snapshot.result(of: FacetID(resource, facet.name)) {
            case .absent: return []
            case .unseen(let unseen, _):
                guard reasons.insert(unseen).inserted else { return [] }
                let path = facet.name == Snapshot.description ? nil : AttributePath([.member(facet.name)])
                return [finding(.expectation(expectation), resource, path, .unseen(unseen))]
            case .seen(let value):
                return facet.attributes(of: facet.withoutDefaults(value))
                    .filter {
                        !covered.contains($0.name) && !definition.released.covers($0.name) && !$0.value.isNothing
                    }
                    .map { name, value in
                        finding(
                            .expectation(expectation), resource, AttributePath([.member(name)]),
                            .drifted(.unexpected(actual: value)), note: Self.isNotNamed)
                    }
            }
        }
    }

    private static let isNotNamed = "the expectation is 'exact: true' and does not name it"
}

extension Comparison {
    /// The members or keyed elements of a value that an exact map does not name.
    func beside(
        _ named: [AttributePath], in value: JSON?, _ pattern: AttributePattern
    ) -> [(step: AttributePath.Step, value: JSON)] {
        guard isExact, let value else { return [] }
        let names = Set(named.compactMap(\.firstName))
        let members: [(step: AttributePath.Step, value: JSON)] =
            switch value {
            case .object(let object): object.members.map { (.member($0.key), $0.value) }
            case .array(let elements):
                elements.filter { !pattern.steps.isEmpty || !isDefault($0) }
                    .compactMap { element in rules[pattern]?.key(of: element).map { (.key($0), element) } }
            case .null, .bool, .number, .string: []
            }
        return members.filter { !names.contains($0.step.name) && !$0.value.isNothing }
    }
}

extension FacetDefinition {
    /// The facet's attributes in a baseline: the members of the description, or another facet as a whole.
    fileprivate func attributes(of value: JSON) -> [(name: String, value: JSON)] {
        guard name == Snapshot.description else { return [(name, value)] }
        return value.object?.members.map { ($0.key, $0.value) } ?? []
    }
}

extension Finding {
    fileprivate var unseen: Unseen? { if case .unseen(let unseen) = status { unseen } else { nil } }
}
