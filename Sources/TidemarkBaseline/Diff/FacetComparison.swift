import StrictJSON
import Tidemark
import TidemarkKinds

/// What differs in one facet between two moments.
struct FacetChange: Sendable {
    let facet: FacetID
    let attributes: [AttributeChange]
    let isReread: Bool
}

/// Compares a facet at two moments, as far as it was seen at both.
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
        // A lead to an unknown resource says nothing about the resource.
        if facet.name == Snapshot.reach, !(from.knows(facet.resource) && to.knows(facet.resource)) { return .same }
        let (old, new) = (from.facets[facet], to.facets[facet])
        guard old?.hash != new?.hash else { return .same }
        let definition = to.kinds[facet.resource.kind]
        let changes = AttributeChange.between(
            old?.content, new?.content, at: prefix(of: facet), lists: definition?.facet(facet.name)?.lists ?? [:])
        return .differs(FacetChange(facet: facet, attributes: changes, isReread: isReread(facet, old, new)))
    }

    /// The first facet is the top level of the description; the others are below their names.
    private func prefix(of facet: FacetID) -> AttributePath {
        facet.name == Snapshot.description ? AttributePath() : AttributePath([.member(facet.name)])
    }

    /// Whether another version of the decoder read the two, and they agree wherever both keep a value.
    private func isReread(_ facet: FacetID, _ old: StoredFacet?, _ new: StoredFacet?) -> Bool {
        let kind = facet.resource.kind
        guard let old, let new, from.body.decoders[kind] != to.body.decoders[kind] else { return false }
        return Self.agree(old.content, new.content)
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
    /// Whether anything is known of a resource but what leads to it.
    fileprivate func knows(_ resource: ResourceID) -> Bool {
        facets(of: resource).contains { $0.name != Snapshot.reach }
    }
}
