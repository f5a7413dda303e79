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
    public func entries(of environment: EnvironmentName, limit: Int? = nil) throws(Failure) -> [LoggedEntry] {
        var entries: [LoggedEntry] = []
        try forEachEntry(of: environment, limit: limit) { entries.append($0) }
        return entries
    }

    /// Visits the newest entries of an environment, newest first, each verified against its hash and the entry before it.
    /// - Parameters:
    ///   - limit: The largest number of entries; nil for all.
    ///   - visit: Receives an entry; the next one is read when it returns.
    /// - Throws: `Failure` for an entry that differs from the recorded one, and what `visit` throws. Entries were visited before.
    public func forEachEntry(
        of environment: EnvironmentName, limit: Int? = nil, _ visit: (LoggedEntry) throws(Failure) -> Void
    ) throws(Failure) {
        try read { database in
            guard let newest = try database.last(of: environment) else { return }
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.newestEntries),
                arguments: ["environment": environment.rawValue, "limit": limit ?? -1])
            var reader = InheritedReader(database: database, environment: environment)
            var expected = Optional(newest.hash)
            var (seq, effective) = (newest.header.seq, newest.header.at)
            while let row = try rows.next() {
                let (entry, hash) = try row.entryWithHash()
                guard hash == expected else { throw Failure.brokenChain(of: environment, at: seq) }
                let ahead = entry.header.at.millisecondsSince1970 - effective.millisecondsSince1970
                try visit(
                    LoggedEntry(
                        entry: entry, secondsAhead: ahead >= 1000 ? ahead / 1000 : nil,
                        snapshot: try reader.snapshot(entry)))
                (expected, seq) = (entry.header.previous, entry.header.seq)
                effective = min(effective, entry.header.at)
            }
            let isWhole = limit.map { newest.header.seq.rawValue - seq.rawValue + 1 < $0 } ?? true
            if isWhole, expected != nil { throw Failure.brokenChain(of: environment, at: seq) }
        }
    }
}

/// Reads what snapshots have from those before them, from the newest one back. Nearly all have the same.
private struct InheritedReader {
    let database: Database
    let environment: EnvironmentName
    private var inherited: (observed: ObservedSnapshot, gaps: [Gap])?

    init(database: Database, environment: EnvironmentName) {
        self.database = database
        self.environment = environment
    }

    /// The part of a snapshot that a list shows; nil for an entry of another kind.
    mutating func snapshot(_ entry: Entry) throws -> LoggedEntry.Snapshot? {
        guard entry.header.kind == .snapshot else { return nil }
        let snapshot = try SnapshotEntry(entry)
        let body = snapshot.body
        if inherited == nil {
            let observed = try database.observed(snapshot)
            inherited = (observed, try database.gaps(observed.walk.gaps))
        }
        guard let (observed, gaps) = inherited else { return nil }
        // What the entry itself changed was another before it.
        if body.questions != .unchanged || body.gaps != .unchanged || body.root != .unchanged { inherited = nil }
        return LoggedEntry.Snapshot(
            body: body, questionCount: observed.walk.questions?.count ?? 0, gaps: gaps, root: observed.root)
    }
}
