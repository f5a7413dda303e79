import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension Database {
    /// The environments that have a chain, by name. Each has its first entry.
    func environments() throws -> [EnvironmentName] {
        guard try Bool.fetchOne(cachedStatement(sql: Embedded.namesEveryChain)) == true else {
            throw Failure.damaged("the history is damaged", why: "an environment that has entries has no name")
        }
        let names = try String.fetchAll(cachedStatement(sql: Embedded.environments))
        return try names.sorted { $0.precedesByUTF8($1) }.map { text in
            guard let name = try? EnvironmentName(text) else {
                throw Failure.damaged("the history is damaged", why: "'\(text.printable)' cannot name an environment")
            }
            _ = try first(of: name)
            return name
        }
    }

    /// The newest entry of the log, which must be that of the index too: either may have lost its end.
    func last(of environment: EnvironmentName) throws -> Entry? {
        let row = try Row.fetchOne(
            cachedStatement(sql: Embedded.newestEntries),
            arguments: ["environment": environment.rawValue, "before": nil, "limit": 1])
        let entry = try row?.entry()
        guard entry.map({ $0.header.environment == environment }) ?? true else {
            throw Failure.brokenChain(of: environment, at: entry?.header.seq.next ?? .first)
        }
        guard try isIndexed(environment, upTo: entry?.header.seq) else {
            throw Failure.index("it ends before the log of '\(environment)' does")
        }
        return entry
    }

    /// Whether the index has the last entry of the log.
    /// - Throws: `Failure` if it has more entries: then the log has lost its end.
    func isIndexed(_ environment: EnvironmentName, upTo last: Seq?) throws -> Bool {
        let seq = try Int64.fetchOne(
            cachedStatement(sql: Embedded.lastSeq), arguments: ["environment": environment.rawValue])
        guard seq ?? -1 <= last?.rawValue ?? -1 else {
            throw Failure.brokenChain(of: environment, at: last?.next ?? .first)
        }
        return seq == last?.rawValue
    }

    /// The first entry of a chain.
    func first(of environment: EnvironmentName) throws -> Entry {
        let seq = try Int64.fetchOne(
            cachedStatement(sql: Embedded.firstSeq), arguments: ["environment": environment.rawValue])
        let first = try entry(of: environment, at: Seq(rawValue: seq ?? 0))
        guard first.header.isFirst else { throw Failure.brokenChain(of: environment, at: .first) }
        return first
    }

    /// The entry, or nil if it was removed with all entries before it.
    func keptEntry(of environment: EnvironmentName, at seq: Seq) throws -> Entry? {
        if let entry = try storedEntry(of: environment, at: seq) { return entry }
        guard try seq < first(of: environment).header.seq else { throw Failure.brokenChain(of: environment, at: seq) }
        return nil
    }

    func entry(of environment: EnvironmentName, at seq: Seq) throws -> Entry {
        guard let entry = try storedEntry(of: environment, at: seq) else {
            throw Failure.brokenChain(of: environment, at: seq)
        }
        return entry
    }

    private func storedEntry(of environment: EnvironmentName, at seq: Seq) throws -> Entry? {
        let row = try Row.fetchOne(
            cachedStatement(sql: Embedded.entryAt),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        guard let entry = try row?.entry() else { return nil }
        guard entry.header.environment == environment, entry.header.seq == seq else {
            throw Failure.brokenChain(of: environment, at: seq)
        }
        return entry
    }

    // MARK: Snapshots

    func snapshotEntry(at position: ChainPosition) throws -> SnapshotEntry {
        try SnapshotEntry(entry(of: position.environment, at: position.seq))
    }

    /// The newest snapshot or checkpoint at or before an entry, or of the whole chain.
    ///
    /// Goes back entry by entry: nearly every one is a snapshot, and none that SQLite's index has lost is skipped.
    func newestSnapshot(of environment: EnvironmentName, upTo seq: Seq? = nil) throws -> SnapshotEntry? {
        guard var entry = try last(of: environment) else { return nil }
        if let seq {
            if seq < .first { return nil }
            if seq < entry.header.seq {
                guard let kept = try keptEntry(of: environment, at: seq) else { return nil }
                entry = kept
            }
        }
        while !entry.header.kind.showsState {
            guard entry.header.seq > .first else { return nil }
            entry = try self.entry(of: environment, at: entry.header.seq.previous)
        }
        if entry.bodyText == nil { throw try failure(ofStateOf: environment, at: seq ?? entry.header.seq) }
        return try SnapshotEntry(entry)
    }

    /// The first entry whose state is known.
    func firstSnapshot(of environment: EnvironmentName) throws -> Seq? {
        let rows = try Row.fetchCursor(
            makeStatement(sql: Embedded.entriesAfter),
            arguments: ["environment": environment.rawValue, "seq": Seq.first.rawValue - 1])
        var isErased = false
        while let entry = try rows.next()?.entry() {
            let kind = entry.header.kind
            if kind.affectsState, entry.bodyText == nil { isErased = true }
            if kind.showsState, entry.bodyText != nil, !isErased || kind == .checkpoint { return entry.header.seq }
        }
        return nil
    }
}

extension Row {
    /// The entry in a row of `header`, `hash` and `body`.
    /// - Throws: `Failure` for a header or a body that differs from the recorded one.
    func entry() throws(Failure) -> Entry {
        // A body that cannot be decoded is not the one with the header's hash.
        let entry = try Entry(headerText: self["header"], bodyText: StoredBody.decode(self["body"]))
        let header = entry.header
        guard try entry.hash == hash() else {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "its header is not the one that was recorded")
        }
        try entry.checkKind()
        return entry
    }
}

extension Entry {
    /// Refuses an entry of an unknown kind that is needed.
    func checkKind() throws(Failure) {
        guard !header.isNeeded || header.kind.isKnown else {
            throw Failure(
                .history, "entry \(header.seq) of '\(header.environment)' cannot be read",
                why:
                    "its kind '\(header.kind.rawValue.printable)' is needed for what follows, and this tidemark does not know it",
                remedy: "use a newer tidemark")
        }
    }
}
