import StrictJSON
import Tidemark

/// The differences between two moments of an environment.
///
/// A facet or a list that was unseen at either moment is neither equal nor changed: it could not be compared, and the diff has
/// the reason.
public struct Diff: Sendable {
    /// The moment to start from.
    public let from: SnapshotView
    /// The moment that is compared with it; it may be the earlier one.
    public let to: SnapshotView
    /// The resources that differ, in the order of kind and identity. One whose description never changes is left out: it is
    /// there because of what refers to it.
    public let resources: [ResourceChange]
    /// The secrets that changed: their fingerprints under one key differ.
    public let rotated: [Fingerprint.Location]
    /// The facets that could not be compared, including those that were never seen.
    public let unseen: [UnseenFacet]
    /// The lists that could not be compared: they may have members that are unknown.
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

    /// Compares two moments of one environment.
    public init(from: SnapshotView, to: SnapshotView) {
        self.from = from
        self.to = to
        let comparison = FacetComparison(from: from, to: to)
        let hidden = (from.gaps + to.gaps).flatMap(\.facets)
        // A description contains the incarnation and the title.
        let all = Set(from.snapshot.facets.keys).union(to.snapshot.facets.keys).union(hidden)
            .filter { ![Snapshot.incarnation, Snapshot.title].contains($0.name) }
            .sorted()
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
        resources = facets.filter { to.kinds[$0.key.kind]?.isImmutable != true }.sorted { $0.key < $1.key }.map {
            resource, changes in
            ResourceChange(resource, changes, from: from, to: to)
        }
        secrets = SecretComparison(from.body.keyID, to.body.keyID)
        let uncompared = Set(unseen.map(\.facet))
        rotated = to.snapshot.fingerprints.compactMap { place, new in
            guard let old = from.snapshot.fingerprints[place], old.key == new.key, old.code != new.code else {
                return nil
            }
            return uncompared.contains(place.facet) ? nil : place
        }.sorted { ($0.facet, $0.path, $0.part) < ($1.facet, $1.path, $1.part) }
    }

    /// Whether nothing changed, as far as could be compared. A description that a newer version reads differently is not a change.
    public var isEmpty: Bool { resources.allSatisfy { $0.category == .reread } && rotated.isEmpty }

    /// Whether everything could be compared, secrets only where one of the moments has fingerprints of them.
    public var isComplete: Bool {
        unseen.isEmpty && unlisted.isEmpty && (secrets == .compared || secrets == .withoutKey)
    }

    /// Every list that was not answered at one of the moments, once; `from` comes first.
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
