import GRDB
import Tidemark

extension History {
    /// The newest entries of an environment, the newest first, each held against its hash and the chain between them.
    /// - Parameter limit: How many at most; nil for all.
    /// - Throws: `Failure` for an entry that is not the one that was recorded.
    public func entries(of environment: EnvironmentName, limit: Int? = nil) throws(Failure) -> [Entry] {
        let entries = try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: Embedded.newestEntries),
                arguments: ["environment": environment.rawValue, "limit": limit ?? -1]
            ).map { try $0.entry() }
        }
        for (newer, older) in zip(entries, entries.dropFirst()) where newer.header.previous != older.hash {
            throw Failure(
                .history, "the chain of '\(environment)' is broken",
                why: "entry \(newer.header.seq) does not follow entry \(older.header.seq)",
                remedy: "restore the history from a copy")
        }
        return entries
    }
}
