import Tidemark

extension SnapshotView {
    /// The facet that lists the hosts that the walk did not follow; absent if the snapshot was recorded without one.
    package var notFollowed: LookupResult {
        let facets = resources(of: kinds.anchor.kind).map { FacetID($0, Snapshot.notFollowed) }
        return facets.first { facet($0) != nil || snapshot.gap(over: $0) != nil }.map(result) ?? .absent
    }

    /// The hosts that the walk did not follow, sorted; none if an answer that may name one is missing.
    package var notFollowedHosts: [NotFollowedHost] {
        if case .seen(let content) = notFollowed { NotFollowedHost.all(in: content) } else { [] }
    }
}
