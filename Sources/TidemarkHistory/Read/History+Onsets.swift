import GRDB
import Tidemark

extension History {
    /// Verifies that facets of a snapshot have their content since the entries that the index names: each of them records it.
    /// - Parameter resource: The resource whose facets are verified; nil for all.
    /// - Returns: The checkpoints among those entries: the contents may be older, since the state before is unknown.
    /// - Throws: `Failure` for an index that names another entry.
    public func verifyOnsets(in snapshot: Snapshot, of resource: ResourceID?) throws(Failure) -> Set<Seq> {
        let facets = snapshot.facets.filter { resource == nil || $0.key.resource == resource }
        return try read { database in
            var checkpoints: Set<Seq> = []
            for (since, facets) in Dictionary(grouping: facets, by: \.value.since) {
                let entry = try database.snapshotEntry(
                    at: ChainPosition(environment: snapshot.environment, seq: since))
                if entry.entry.header.kind == .checkpoint { checkpoints.insert(since) }
                let recorded = Dictionary(
                    entry.body.changes.map { ($0.facet, $0.content) }, uniquingKeysWith: { first, _ in first })
                for (facet, stored) in facets where recorded[facet] != .some(stored.hash) {
                    throw Failure.index("'\(facet)' has its content since another entry than \(since)")
                }
            }
            return checkpoints
        }
    }
}
