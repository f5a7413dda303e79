import StrictJSON
import Tidemark
import TidemarkKinds

extension BuiltInRule {
    /// A name belongs to the resource that it belonged to when the environment was bound, or to a later one that a waiver accepts.
    static let resourceReplaced = BuiltInRule(
        name: "resource.replaced", why: "another resource of the same name may lack the old one's data",
        isStrict: false, attribute: \.incarnation
    ) { evaluator in
        evaluator.snapshot.kinds.definitions.flatMap { definition in
            guard let member = definition.incarnation else { return [Violation]() }
            return evaluator.snapshot.resources(of: definition.kind).compactMap {
                evaluator.replacement(of: $0, member)
            }.filter { $0.resource.map(evaluator.snapshot.isReplacedRoutinely) != true }
        }
    }
}

extension BaselineEvaluator {
    /// The violation of a resource that was replaced, or of which that is unseen.
    /// - Parameter member: The attribute that distinguishes it from a later one of its name.
    fileprivate func replacement(of resource: ResourceID, _ member: String) -> BuiltInRule.Violation? {
        guard snapshot.isReached(resource) else { return nil }
        switch snapshot.result(of: FacetID(resource, Snapshot.incarnation)) {
        case .unseen(let unseen, _):
            return BuiltInRule.Violation(resource: resource, status: .unseen(unseen), followsFromGap: true)
        case .absent:
            guard snapshot.facet(FacetID(resource, Snapshot.description))?.content[member] != nil else { return nil }
            return BuiltInRule.Violation(
                resource: resource, status: .unseen(.incarnationNotRecorded), followsFromGap: true)
        case .seen(let current):
            guard let earlier else {
                return BuiltInRule.Violation(resource: resource, status: .unseen(.incarnationsUnknown))
            }
            snapshot.note(.incarnations(resource.kind))
            // The last one is the current one.
            let known = earlier.incarnations(of: resource, upTo: snapshot.seq).dropLast()
            // A waiver of the current one accepts the finding, and does not take its place.
            let accepted = known.last { $0 != current && accepts($0, of: resource) }
            guard let valid = accepted ?? known.first, valid != current else { return nil }
            return BuiltInRule.Violation(
                resource: resource,
                status: .drifted(.changed(expected: .scalar(ExpectedScalar(valid.words)), actual: current)),
                value: .plain(current.scalarsAsText),
                sentence:
                    "was replaced by another resource of its name: \(member) is \(current.words), was \(valid.words)")
        }
    }

    /// Whether a waiver of the rule accepts an incarnation.
    private func accepts(_ incarnation: JSON, of resource: ResourceID) -> Bool {
        let rule = BuiltInRule.resourceReplaced
        let id = FindingID(
            environment: snapshot.environment, rule: .builtIn(rule, baseline.info(of: rule, .note)), resource: resource,
            path: nil, element: nil)
        return baseline.waivers.contains { waiver in
            waiver.finding == id && waiver.acceptance.accepts(.plain(incarnation.scalarsAsText)) == true
        }
    }
}

extension JSON {
    fileprivate var words: String { scalarText ?? canonical }
}

extension Unseen {
    fileprivate static let incarnationNotRecorded = Unseen(
        reason: "an older version recorded the snapshot, without the ids that show a replacement",
        remedy: "record a new snapshot")
    fileprivate static let incarnationsUnknown = Unseen(reason: "the earlier resources of the same names are unknown")
}
