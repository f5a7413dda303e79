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
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.newestEntries),
                arguments: ["environment": environment.rawValue, "limit": limit ?? -1])
            var (entries, reader) = ([LoggedEntry](), InheritedReader(database: database, environment: environment))
            while let row = try rows.next() {
                let entry = try row.entry()
                if let newer = entries.last?.entry.header, newer.previous != entry.hash {
                    throw Failure.brokenChain(of: environment, at: newer.seq)
                }
                let ahead = (row["ahead"] as Int64?) ?? 0
                entries.append(
                    LoggedEntry(
                        entry: entry, secondsAhead: ahead >= 1000 ? ahead / 1000 : nil,
                        snapshot: try reader.snapshot(entry)))
            }
            let last = try database.last(of: environment)
            guard entries.first?.entry.hash == last?.hash else {
                throw Failure.brokenChain(of: environment, at: last?.header.seq ?? .first)
            }
            let isWhole = limit.map { entries.count < $0 } ?? true
            if isWhole, let first = entries.last?.entry.header, first.previous != nil {
                throw Failure.brokenChain(of: environment, at: first.seq)
            }
            return entries
        }
    }
}

/// Reads what snapshots have from those before them, from the newest one back. Nearly all have the same.
private struct InheritedReader {
    let database: Database
    let environment: EnvironmentName
    private var walk: RecordedWalk?
    private var gaps: [Gap] = []
    private var root: ContentHash?

    init(database: Database, environment: EnvironmentName) {
        self.database = database
        self.environment = environment
    }

    /// The part of a snapshot that a list shows; nil for an entry of another kind.
    mutating func snapshot(_ entry: Entry) throws -> LoggedEntry.Snapshot? {
        guard entry.header.kind == .snapshot else { return nil }
        let (body, seq) = (try entry.snapshotBody(), entry.header.seq)
        if walk == nil {
            walk = try database.walk(of: environment, at: seq)
            gaps = try database.gaps(walk?.gaps)
        }
        if root == nil { root = try database.root(of: environment, at: seq) }
        guard let walk, let root else {
            throw Failure.index("it does not have how '\(environment)' was observed at \(seq)")
        }
        // What the entry itself changed was another before it.
        if body.questions != .unchanged || body.gaps != .unchanged { self.walk = nil }
        if body.root != .unchanged { self.root = nil }
        return LoggedEntry.Snapshot(body: body, questionCount: walk.questions?.count ?? 0, gaps: gaps, root: root)
    }
}

extension Database {
    /// The root of an environment's facets at an entry.
    fileprivate func root(of environment: EnvironmentName, at seq: Seq) throws -> ContentHash? {
        try Row.fetchOne(
            cachedStatement(sql: Embedded.root),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])?.hash("root")
    }
}
