import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Looks up contents in an environment, for `Observer.observe`.
    ///
    /// A record rests on the newest entry alone: what an older one shows no longer is asked for again, and `verify` names the
    /// damage.
    public func recorded(in environment: EnvironmentName) -> RecordedFacets {
        { facet throws(Failure) in
            do throws(Failure) {
                return try recorded(facet, in: environment)
            } catch {
                guard error.code == .history else { throw error }
                return nil
            }
        }
    }

    /// The newest content of a facet, also of a resource that left the state: an answer that never changes is taken from it.
    /// - Returns: Nil if no snapshot has it, or the last attempt to ask for it again failed.
    /// - Throws: `Failure` if what was recorded is damaged.
    public func recorded(_ facet: FacetID, in environment: EnvironmentName) throws(Failure) -> RecordedFacet? {
        try read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(sql: Embedded.recordedFacet),
                arguments: [
                    "environment": environment.rawValue, "kind": facet.resource.kind.rawValue,
                    "identity": facet.resource.identity, "name": facet.name,
                ])
            guard let row, let decoder = row["decoder"] as String?,
                try database.gaps(row.hash("gaps")).over(facet) == nil
            else { return nil }
            let (seq, content) = (Seq(rawValue: row["seq"]), try row.contentBytes())
            let change = SnapshotBody.Change(facet: facet, content: ContentHash(of: content))
            let position = ChainPosition(environment: environment, seq: seq)
            guard try database.snapshotEntry(at: position).body.changes.contains(change) else {
                throw Failure.index("it has a content of \(facet) that \(seq) did not record")
            }
            return RecordedFacet(content: try JSON(parsing: content), decoder: decoder)
        }
    }
}
