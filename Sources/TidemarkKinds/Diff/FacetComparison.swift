import StrictJSON
import Tidemark

/// The differences in one facet between two moments.
struct FacetChange: Sendable {
    let facet: FacetID
    let attributes: [AttributeChange]
    let isReread: Bool
}

/// A comparison of facets at two moments; a facet that was unseen at either is unseen.
struct FacetComparison {
    let from: SnapshotView
    let to: SnapshotView

    enum Result {
        case same
        case differs(FacetChange)
        case unseen(Seq, Unseen)
    }

    func compare(_ facet: FacetID) -> Result {
        for snapshot in [from, to] {
            if case .unseen(let reason, _) = snapshot.result(of: facet) { return .unseen(snapshot.seq, reason) }
        }
        // The lead to a resource is compared only if the resource was seen at both moments.
        if facet.name == Snapshot.reach, !hasOtherReach(facet.resource) { return .same }
        let (old, new) = (from.facet(facet), to.facet(facet))
        // A tidemark that did not list hosts recorded one of the moments.
        if facet.name == Snapshot.notFollowed, old == nil || new == nil { return .same }
        guard old?.hash != new?.hash else { return .same }
        let definition = to.kinds[facet.resource.kind]
        let changes = AttributeChange.between(
            old?.content, new?.content, at: prefix(of: facet), lists: definition?.facet(facet.name)?.lists ?? [:])
        return .differs(FacetChange(facet: facet, attributes: changes, isReread: isReread(facet, old, new)))
    }

    /// Whether the walk led to a resource at one moment and not at the other one, and it was seen at both.
    private func hasOtherReach(_ resource: ResourceID) -> Bool {
        from.knows(resource) && to.knows(resource) && from.isReached(resource) != to.isReached(resource)
    }

    /// The path of a facet: the description is the top level, and every other facet is below its name.
    private func prefix(of facet: FacetID) -> AttributePath {
        facet.name == Snapshot.description ? AttributePath() : AttributePath([.member(facet.name)])
    }

    /// Whether two versions of the decoder read the contents, which agree wherever both have a value.
    private func isReread(_ facet: FacetID, _ old: StoredFacet?, _ new: StoredFacet?) -> Bool {
        let kind = facet.resource.kind
        guard let old, let new, from.body.decoders[kind] != to.body.decoders[kind] else { return false }
        guard let definition = to.kinds[kind]?.facet(facet.name) else { return Self.agree(old.content, new.content) }
        // An earlier decoder may have read no defaults.
        let contents = [definition.reread(old.content), new.content].map(definition.withoutDefaults)
        return Self.agree(contents[0], contents[1])
    }

    private static func agree(_ old: JSON, _ new: JSON) -> Bool {
        if old == Redacted.value || new == Redacted.value { return true }
        switch (old, new) {
        case (.object(let old), .object(let new)):
            return old.members.allSatisfy { key, value in new[key].map { agree(value, $0) } ?? true }
        case (.array(let old), .array(let new)):
            return old.count == new.count && zip(old, new).allSatisfy { agree($0, $1) }
        default: return old.scalarText.map { $0 == new.scalarText } ?? (old == new)
        }
    }
}

extension SnapshotView {
    /// Whether anything but a lead to the resource is known.
    fileprivate func knows(_ resource: ResourceID) -> Bool {
        facets(of: resource).contains { !$0.isDerived }
    }
}
