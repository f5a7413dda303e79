import GRDB
import Tidemark

extension History {
    /// The newest entry of an environment's chain; nil if it has none.
    /// - Throws: `Failure` for a damaged history.
    public func newest(of environment: EnvironmentName) throws(Failure) -> HeadReference? {
        try read { try $0.last(of: environment)?.reference }
    }

    /// The newest entries of an environment, newest first, each verified against its hash and the entry before it.
    /// - Parameter limit: The largest number of entries; nil for all.
    /// - Throws: `Failure` for an entry that differs from the recorded one.
    public func entries(of environment: EnvironmentName, limit: Int? = nil) throws(Failure) -> [Entry] {
        let (entries, last) = try read { database in
            let entries = try Row.fetchAll(
                database.cachedStatement(sql: Embedded.newestEntries),
                arguments: ["environment": environment.rawValue, "limit": limit ?? -1]
            ).map { try $0.entry() }
            return (entries, try database.last(of: environment))
        }
        guard entries.first?.hash == last?.hash else {
            throw Failure.brokenChain(of: environment, at: last?.header.seq ?? .first)
        }
        if limit.map({ entries.count < $0 }) ?? true, let first = entries.last, first.header.seq != .first {
            throw Failure.brokenChain(of: environment, at: first.header.seq)
        }
        for (newer, older) in zip(entries, entries.dropFirst()) where newer.header.previous != older.hash {
            throw Failure.brokenChain(of: environment, at: newer.header.seq)
        }
        return entries
    }
}
