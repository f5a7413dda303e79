import Tidemark

/// Compares the state after each snapshot of a chain with the hashes that the snapshot recorded.
struct StateVerifier {
    private var rows = RootRows()
    private var root = RootRows().hash

    /// - Parameter facets: The facets of the state before the first snapshot to compare.
    init(after facets: [FacetID: ContentHash] = [:]) {
        guard !facets.isEmpty else { return }
        for (facet, content) in facets.sorted(by: { $0.key < $1.key }) { rows.set(facet, to: content) }
        root = rows.hash
    }

    mutating func add(_ header: Header, _ body: SnapshotBody, _ replay: ChainReplay) throws(Failure) {
        for change in body.changes { rows.set(change.facet, to: change.content) }
        if !body.changes.isEmpty { root = rows.hash }
        let recorded = if case .changed(let new) = body.root { new } else { root }
        guard replay.parts.root == root, recorded == root, replay.state.hash(replay.parts) == body.state else {
            throw Failure.state(after: header)
        }
    }
}
