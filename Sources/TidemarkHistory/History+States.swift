import GRDB
import Tidemark

extension History {
    /// The newest release at or before a place in the chain.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { database in
            try database.holdReleases(of: environment)
            return try database.newestRelease(of: environment, upTo: seq)
        }
    }

    /// The recorded states of an environment.
    public func states(of environment: EnvironmentName) -> RecordedStates {
        RecordedStates(history: self, environment: environment)
    }
}

/// The states of one environment in a history; each visit is one read transaction.
public struct RecordedStates: StateSequence {
    let history: History
    let environment: EnvironmentName

    public func visitForwards(
        from start: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure) {
        try history.read { database in
            try database.holdReleases(of: environment)
            var cursor = try StateCursor(from: start, of: environment, in: database)
            repeat {
                let snapshot = cursor.isUnchanged(usesReadings: includingReadings) ? nil : try cursor.snapshot()
                let state = RecordedState(entry: cursor.moment, snapshot: snapshot, release: cursor.release)
                guard visit(state) else { return }
            } while try cursor.goOn()
        }
    }

    public func visitBackwards(
        from end: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure) {
        try history.read { database in
            var points = try database.changePoints(of: environment, from: end)
            points.isEverySnapshot = includingReadings
            var isFirst = true
            while let seq = try points.next() {
                let snapshot = try isFirst ? nil : database.snapshot(of: environment, at: seq)
                guard isFirst || snapshot != nil else { return }
                isFirst = false
                let release = try database.newestRelease(of: environment, upTo: seq)
                let state = RecordedState(
                    entry: DatedEntry(
                        seq: seq, at: try database.entry(of: environment, at: seq).header.at,
                        release: release?.release.label, isWithRelease: release?.seq == seq),
                    snapshot: snapshot, release: release)
                guard visit(state) else { return }
            }
        }
    }
}

/// The snapshots at which something may have changed, each with the first entry of a stretch in which nothing did.
private struct ChangePoints {
    private let rows: RowCursor
    private var newer: Row?
    /// Whether every snapshot is a step, whatever changed in it.
    var isEverySnapshot = false

    init(_ rows: RowCursor) throws {
        self.rows = rows
        newer = try rows.next()?.copy()
    }

    mutating func next() throws -> Seq? {
        while let row = newer {
            newer = try rows.next()?.copy()
            let isChange: Bool = row["is_change"] || row["has_gaps"] || (newer?["has_gaps"] ?? true)
            if isChange || isEverySnapshot { return Seq(rawValue: row["seq"]) }
        }
        return nil
    }
}

extension Database {
    fileprivate func changePoints(of environment: EnvironmentName, from seq: Seq) throws -> ChangePoints {
        try ChangePoints(
            Row.fetchCursor(
                makeStatement(sql: Embedded.snapshotsBack),
                arguments: ["environment": environment.rawValue, "seq": seq.rawValue]))
    }

    func newestRelease(of environment: EnvironmentName, upTo seq: Seq) throws -> RecordedRelease? {
        let found = try Int64.fetchOne(
            cachedStatement(sql: Embedded.newestRelease),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        guard let found else { return nil }
        let entry = try entry(of: environment, at: Seq(rawValue: found))
        return try entry.snapshotBody().release.map {
            RecordedRelease(seq: entry.header.seq, at: entry.header.at, release: $0, actor: entry.header.actor)
        }
    }
}
