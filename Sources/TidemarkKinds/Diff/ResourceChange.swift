import StrictJSON
import Tidemark

/// The change of one resource between two moments.
public struct ResourceChange: Sendable {
    /// The resource that changed.
    public let resource: ResourceID
    /// The resource's label at the second moment, or at the first one if the second does not have the resource.
    public let label: String
    /// How the resource changed.
    public let category: Category
    /// The attributes that changed; empty if the resource appeared or is gone.
    public let attributes: [AttributeChange]
    /// The facts that changed; a fact that could not be seen at one of the moments is left out.
    public let facts: [AttributeChange]
    /// The changed attributes that no changed fact summarizes.
    public let otherAttributes: [AttributeChange]

    /// The ways in which a resource changes.
    public enum Category: String, Sendable, CaseIterable {
        case appeared, changed
        /// AWS reports that the resource no longer exists.
        case gone
        /// The resource exists, and nothing in the environment refers to it any more.
        case left
        /// The same name belongs to another resource.
        case replaced
        /// The environment refers to the resource again.
        case returned
        /// A newer tidemark reads the same answer differently; nothing changed.
        case reread = "re-read"
        /// The resource was unseen at the other moment, and may have existed.
        case firstSeen = "first seen"
    }

    init(_ resource: ResourceID, _ changes: [FacetChange], from: SnapshotView, to: SnapshotView) {
        self.resource = resource
        category = Self.category(of: resource, changes, from: from, to: to)
        label = to.resources.contains(resource) ? to.label(of: resource) : from.label(of: resource)
        let isWhole = [.appeared, .gone, .firstSeen].contains(category)
        attributes = isWhole ? [] : changes.filter { !$0.facet.isDerived }.flatMap(\.attributes)
        let facts = isWhole || category == .reread ? [] : Self.facts(of: resource, from: from, to: to)
        self.facts = facts
        let summarized = Set(
            (to.kinds[resource.kind]?.facts ?? []).filter { fact in facts.contains { $0.path.begins(with: fact.name) } }
                .compactMap(\.summarizedAttribute))
        otherAttributes = attributes.filter { change in !summarized.contains { change.path.begins(with: $0) } }
    }

    private static func category(
        of resource: ResourceID, _ changes: [FacetChange], from: SnapshotView, to: SnapshotView
    ) -> Category {
        let description = FacetID(resource, Snapshot.description)
        switch (from.facet(description), to.facet(description)) {
        // An unseen resource was neither added nor removed; another facet differs.
        case _ where from.isUnseen(description) || to.isUnseen(description): break
        case (nil, _?): return from.couldMiss(resource) ? .firstSeen : .appeared
        case (_?, nil): return to.couldMiss(resource) ? .firstSeen : .gone
        case (let old, let new):
            if isReplaced(resource, old?.content, new?.content, kinds: to.kinds) { return .replaced }
        }
        switch (from.isReached(resource), to.isReached(resource)) {
        case (true, false) where changes.contains { $0.facet.name == Snapshot.reach }: return .left
        case (false, true) where changes.contains { $0.facet.name == Snapshot.reach }: return .returned
        default: return changes.allSatisfy(\.isReread) ? .reread : .changed
        }
    }

    /// Whether the name belongs to another resource now.
    private static func isReplaced(_ resource: ResourceID, _ old: JSON?, _ new: JSON?, kinds: KindRegistry) -> Bool {
        guard let name = kinds[resource.kind]?.incarnation, let old = old?[name], let new = new?[name] else {
            return false
        }
        return old != new
    }

    private static func facts(of resource: ResourceID, from: SnapshotView, to: SnapshotView) -> [AttributeChange] {
        (to.kinds[resource.kind]?.facts ?? []).flatMap { fact -> [AttributeChange] in
            guard case (let old, true) = from.value(of: fact, of: resource).content,
                case (let new, true) = to.value(of: fact, of: resource).content
            else { return [] }
            return AttributeChange.between(old, new, at: AttributePath([.member(fact.name)]), lists: [:])
        }
    }
}

extension AttributePath {
    fileprivate func begins(with name: String) -> Bool { steps.first == .member(name) }
}

extension SnapshotView {
    /// Whether a resource may have been there without being seen.
    fileprivate func couldMiss(_ resource: ResourceID) -> Bool {
        !knew(resource.kind) || gaps.hidingAny(of: resource.kind) != nil
    }

    fileprivate func isUnseen(_ facet: FacetID) -> Bool {
        if case .unseen = result(of: facet) { true } else { false }
    }
}

extension LookupResult {
    /// The value, and whether it is known.
    fileprivate var content: (JSON?, Bool) {
        switch self {
        case .seen(let value): (value, true)
        case .absent: (nil, true)
        case .unseen: (nil, false)
        }
    }
}
