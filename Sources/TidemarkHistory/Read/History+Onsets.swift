import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension History {
    /// Verifies that facets of a snapshot have their content since the entries that the index names: each of them records it.
    /// An index that was verified before is relied on.
    /// - Parameter resource: The resource whose facets are verified; nil for all.
    /// - Returns: The checkpoints among those entries: the contents may be older, since the state before is unknown.
    /// - Throws: `Failure` for an index that names another entry.
    public func verifyOnsets(in snapshot: Snapshot, of resource: ResourceID?) throws(Failure) -> Set<Seq> {
        let facets = snapshot.facets.filter { resource == nil || $0.key.resource == resource }
        return try read { database in
            if try isVerified([snapshot.environment], in: database) {
                return try database.checkpoints(of: snapshot.environment, among: Set(facets.map(\.value.since)))
            }
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

extension Database {
    /// The checkpoints among some entries.
    fileprivate func checkpoints(of environment: EnvironmentName, among seqs: Set<Seq>) throws -> Set<Seq> {
        let arguments: StatementArguments = [
            "environment": environment.rawValue, "seqs": JSON.array(seqs.map { .init($0.rawValue) }).canonical,
        ]
        let statement = try cachedStatement(sql: Embedded.checkpointsAmong)
        return try Set(Int64.fetchAll(statement, arguments: arguments).map(Seq.init(rawValue:)))
    }
}
