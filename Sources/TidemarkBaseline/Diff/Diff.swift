import StrictJSON
import Tidemark
import TidemarkKinds

/// What differs between two moments of an environment.
///
/// What was unseen at either moment is neither equal nor changed: it could not be compared, and the diff has the reason.
public struct Diff: Sendable {
    /// The first moment.
    public let from: SnapshotView
    /// The second moment; it may be the earlier one.
    public let to: SnapshotView
    /// The resources that differ, in the order of kind and identity.
    public let resources: [ResourceChange]
    /// Secrets that are others than they were, by two fingerprints under one key.
    public let rotated: [Fingerprint.Location]
    /// Facets that could not be compared, known or not.
    public let unseen: [UnseenFacet]
    /// Lists that could not be compared: what else they would have named is not known.
    public let unlisted: [UnseenList]
    /// Whether secrets could be compared.
    public let secrets: SecretComparison

    /// A facet that could not be seen at one of the moments.
    public struct UnseenFacet: Sendable, Hashable {
        /// The facet that could not be compared.
        public let facet: FacetID
        /// The moment at which it could not be seen.
        public let at: Seq
        /// The reason why it could not be compared.
        public let reason: Unseen
    }

    /// A list that was not answered at one of the moments.
    public struct UnseenList: Sendable, Hashable {
        /// The list that could not be compared.
        public let members: MemberScope
        /// The moment at which it was not answered.
        public let at: Seq
        /// The reason why it could not be compared.
        public let reason: Unseen
    }

    /// - Parameter from: The one moment, which may be the later one.
    public init(from: SnapshotView, to: SnapshotView) {
        self.from = from
        self.to = to
        let comparison = FacetComparison(from: from, to: to)
        let hidden = (from.gaps + to.gaps).flatMap(\.facets)
        let all = Set(from.facets.keys).union(to.facets.keys).union(hidden).sorted()
        var unseen: [UnseenFacet] = []
        var facets: [ResourceID: [FacetChange]] = [:]
        for facet in all {
            switch comparison.compare(facet) {
            case .same: continue
            case .unseen(let seq, let reason): unseen.append(UnseenFacet(facet: facet, at: seq, reason: reason))
            case .differs(let change): facets[facet.resource, default: []].append(change)
            }
        }
        self.unseen = unseen
        unlisted = Self.unlisted(from: from, to: to)
        resources = facets.sorted { $0.key < $1.key }.map { resource, changes in
            ResourceChange(resource, changes, from: from, to: to)
        }
        secrets = SecretComparison(from.body.keyID, to.body.keyID)
        let uncompared = Set(unseen.map(\.facet))
        rotated = to.fingerprints.compactMap { place, new in
            guard let old = from.fingerprints[place], old.key == new.key, old.code != new.code else { return nil }
            return uncompared.contains(place.facet) ? nil : place
        }.sorted { ($0.facet, $0.path, $0.part) < ($1.facet, $1.path, $1.part) }
    }

    /// Whether nothing changed, as far as could be compared. A description that a newer version reads differently is not a change.
    public var isEmpty: Bool { resources.allSatisfy { $0.category == .reread } && rotated.isEmpty }

    /// Whether everything could be compared, secrets only where one of the moments has fingerprints of them.
    public var isComplete: Bool {
        unseen.isEmpty && unlisted.isEmpty && (secrets == .compared || secrets == .withoutKey)
    }

    /// Every list that was not answered at one of the moments; of one at both, the first is named.
    private static func unlisted(from: SnapshotView, to: SnapshotView) -> [UnseenList] {
        let lists = [from, to].flatMap { snapshot in
            snapshot.gaps.flatMap { gap in
                gap.members.map { UnseenList(members: $0, at: snapshot.seq, reason: Unseen(gap)) }
            }
        }
        return Dictionary(lists.map { ($0.members, $0) }) { first, _ in first }.values
            .sorted { $0.members.description.precedesByUTF8($1.members.description) }
    }
}

/// What became of one resource between two moments.
public struct ResourceChange: Sendable {
    /// The resource that changed.
    public let resource: ResourceID
    /// As people know it, by whichever moment has it.
    public let label: String
    /// How the resource changed.
    public let category: Category
    /// The attributes that changed; empty if the resource appeared or is gone.
    public let attributes: [AttributeChange]
    /// Facts that are others; those that could not be seen at one of the moments are left out.
    public let facts: [AttributeChange]
    /// The attributes whose changes no fact tells.
    public let untold: [AttributeChange]

    /// The ways in which a resource changes.
    public enum Category: String, Sendable, CaseIterable {
        case appeared, changed, gone, left, replaced, returned
        /// A newer tidemark reads the same answer differently; nothing changed.
        case reread = "re-read"
        /// Seen for the first time; whether it was there before is not known.
        case firstSeen = "first seen"
    }

    init(_ resource: ResourceID, _ changes: [FacetChange], from: SnapshotView, to: SnapshotView) {
        self.resource = resource
        category = Self.category(of: resource, changes, from: from, to: to)
        label = to.resources.contains(resource) ? to.label(of: resource) : from.label(of: resource)
        let isWhole = [.appeared, .gone, .firstSeen].contains(category)
        attributes = isWhole ? [] : changes.filter { $0.facet.name != Snapshot.reach }.flatMap(\.attributes)
        let facts = isWhole || category == .reread ? [] : Self.facts(of: resource, from: from, to: to)
        self.facts = facts
        let told = Set(
            (to.kinds[resource.kind]?.facts ?? []).filter { fact in facts.contains { $0.path.begins(with: fact.name) } }
                .compactMap(\.told))
        untold = attributes.filter { change in !told.contains { change.path.begins(with: $0) } }
    }

    private static func category(
        of resource: ResourceID, _ changes: [FacetChange], from: SnapshotView, to: SnapshotView
    ) -> Category {
        let description = FacetID(resource, Snapshot.description)
        switch (from.facets[description], to.facets[description]) {
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

    /// Whether the name means another thing now.
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
        !knew(resource.kind) || gaps.before(resource.kind) != nil
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
