import GRDB
import Tidemark

extension History {
    /// The newest entry of an environment's chain; nil if it has none.
    /// - Throws: `Failure` for a damaged history.
    public func newest(of environment: EnvironmentName) throws(Failure) -> HeadReference? {
        try read { try $0.last(of: environment)?.reference }
    }

    /// The body of the entry that ends an environment's chain; nil if the chain is open.
    /// - Throws: `Failure` for a damaged history.
    public func move(of environment: EnvironmentName) throws(Failure) -> Move? {
        try read { try $0.move(of: environment) }
    }

    /// The newest snapshot that a command recorded; nil if there is none.
    /// - Throws: `Failure` for a damaged history.
    package func entry(of environment: EnvironmentName, by attempt: RandomID) throws(Failure) -> Entry? {
        try read { database in
            var entry = try database.last(of: environment)
            while let newer = entry {
                if newer.header.attempt == attempt, newer.header.kind == .snapshot { return newer }
                entry =
                    newer.header.isFirst ? nil : try database.keptEntry(of: environment, at: newer.header.seq.previous)
            }
            return nil
        }
    }

    /// When the newest snapshot was observed, or was recorded at the latest; nil if there is none.
    /// - Throws: `Failure` for a damaged history.
    package func newestLook(of environment: EnvironmentName) throws(Failure) -> Timestamp? {
        try read { database in
            try database.newestSnapshot(of: environment)?.seenAt
        }
    }

    /// The entry with a number; nil if the chain has none.
    /// - Throws: `Failure` for a damaged entry.
    package func entry(of environment: EnvironmentName, at seq: Seq) throws(Failure) -> Entry? {
        guard let newest = try newest(of: environment), seq <= newest.seq else { return nil }
        return try read { try $0.keptEntry(of: environment, at: seq) }
    }

    /// The newest entries of an environment, newest first, each verified against its hash and the entry before it.
    /// - Parameter limit: The largest number of entries; nil for all.
    /// - Throws: `Failure` for an entry that differs from the recorded one.
    public func entries(of environment: EnvironmentName, limit: Int? = nil) throws(Failure) -> [LoggedEntry] {
        var entries: [LoggedEntry] = []
        try forEachEntry(of: environment, limit: limit) { entries.append($0) }
        return entries
    }

    /// An entry as a list of entries shows it, with the notes about it; nil if the chain has none of that number.
    /// - Throws: `Failure` for an entry that differs from the recorded one.
    public func loggedEntry(of environment: EnvironmentName, at seq: Seq) throws(Failure) -> LoggedEntry? {
        try read { database in
            guard let last = try database.last(of: environment), seq <= last.header.seq,
                let entry = try database.keptEntry(of: environment, at: seq)
            else { return nil }
            var reader = try EntriesBack(from: entry, in: database)
            return try reader.next(1, in: database).first
        }
    }

    /// Visits the newest entries of an environment, newest first, each verified against its hash and the entry before it.
    ///
    /// Recorders can append meanwhile; what they append is not visited.
    /// - Parameters:
    ///   - limit: The largest number of entries; nil for all.
    ///   - visit: Receives an entry.
    /// - Throws: `Failure` for an entry that differs from the recorded one, and what `visit` throws; some entries may have been
    ///   visited by then.
    public func forEachEntry(
        of environment: EnvironmentName, limit: Int? = nil, _ visit: (LoggedEntry) throws(Failure) -> Void
    ) throws(Failure) {
        var (reader, rest) = (EntriesBack(of: environment), limit ?? .max)
        while rest > 0 {
            let part = try read { try reader.next(min(rest, EntriesBack.partSize), in: $0) }
            for entry in part { try visit(entry) }
            guard part.count == EntriesBack.partSize else { return }
            rest -= part.count
        }
    }
}

/// Reads the entries of a chain from the newest one back, in parts: the file is not locked between them, and the log never changes.
private struct EntriesBack {
    /// The number of entries that are read at once.
    static let partSize = 100

    private let environment: EnvironmentName
    /// The entry that was read last, and the hash of the one before it; nil at the beginning.
    private var last: (seq: Seq, previous: ContentHash?)?
    /// The least time of the entries that were read.
    private var effective: Timestamp?
    private var oldest = Seq.first
    /// The notes by the entries that they are about.
    private var notes: [Seq: [RecordedNote]] = [:]
    /// Whether a checkpoint follows: entries before it may be erased.
    private var isBehindCheckpoint = false
    /// What the snapshot that was read last has from those before it.
    private var inherited: ObservedSnapshot?

    init(of environment: EnvironmentName) { self.environment = environment }

    /// Begins with an entry.
    init(from entry: Entry, in database: Database) throws {
        environment = entry.header.environment
        isBehindCheckpoint = try database.checkpoint(of: environment, after: entry.header.seq) != nil
        try begin(at: entry, in: database)
    }

    private mutating func begin(at newest: Entry, in database: Database) throws {
        last = (newest.header.seq.next, newest.hash)
        oldest = try database.first(of: environment).header.seq
        notes = Dictionary(grouping: try database.notes(of: environment), by: \.note.about.seq)
    }

    /// Reads up to a number of entries; fewer only at the end.
    mutating func next(_ count: Int, in database: Database) throws -> [LoggedEntry] {
        if last == nil {
            guard let newest = try database.last(of: environment) else { return [] }
            try begin(at: newest, in: database)
        }
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: Embedded.newestEntries),
            arguments: ["environment": environment.rawValue, "before": last?.seq.rawValue, "limit": count])
        var entries: [LoggedEntry] = []
        while let row = try rows.next() {
            let entry = try row.entry()
            guard entry.hash == last?.previous else { throw brokenChain }
            let isErased = entry.bodyText == nil
            if isErased, !isBehindCheckpoint, entry.header.kind.affectsState {
                throw Failure.missingBody(of: environment, at: entry.header.seq)
            }
            if entry.header.kind == .checkpoint, !isErased { isBehindCheckpoint = true }
            let ahead = effective.map { entry.header.at.millisecondsSince1970 - $0.millisecondsSince1970 } ?? 0
            entries.append(
                LoggedEntry(
                    entry: entry, secondsAhead: ahead >= 1000 ? ahead / 1000 : nil, oldest: oldest,
                    snapshot: try snapshot(entry, in: database), notes: notes[entry.header.seq] ?? []))
            last = (entry.header.seq, entry.header.previous)
            effective = min(effective ?? entry.header.at, entry.header.at)
        }
        if entries.count < count, last.map({ $0.seq > oldest }) ?? false { throw brokenChain }
        return entries
    }

    /// The part of a snapshot or a checkpoint that a list shows; nil for another entry, and for an unknown state.
    private mutating func snapshot(_ entry: Entry, in database: Database) throws -> LoggedEntry.Snapshot? {
        let seq = entry.header.seq
        guard entry.header.kind.showsState, entry.bodyText != nil else { return nil }
        if isBehindCheckpoint, try !database.showsState(environment, at: seq) {
            // The index claims it; the erased entry itself shows it.
            let failure = try database.failure(ofStateOf: environment, at: seq)
            guard failure.code == .notFound else { throw failure }
            return nil
        }
        let snapshot = try SnapshotEntry(entry)
        let observed = try database.observed(snapshot, before: inherited)
        inherited = observed
        return LoggedEntry.Snapshot(
            body: snapshot.body, questionCount: observed.questionCount, gaps: observed.gaps, root: observed.root)
    }

    private var brokenChain: Failure { .brokenChain(of: environment, at: last?.seq.previous ?? .first) }
}
