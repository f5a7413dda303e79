import Tidemark

/// The states of one environment in a history; each visit is one read transaction.
package struct RecordedStates: StateSequence {
    let history: History
    let environment: EnvironmentName

    package func visitForwards(
        from start: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure) {
        try history.read { database in
            var cursor = try StateCursor(from: start, of: environment, in: database)
            repeat {
                let snapshot = cursor.isUnchanged(includingReadings: includingReadings) ? nil : try cursor.snapshot()
                let state = RecordedState(entry: cursor.datedEntry, snapshot: snapshot, release: cursor.release)
                guard visit(state) else { return }
            } while try cursor.advance()
        }
    }

    package func visitBackwards(
        from end: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure) {
        try history.read { database in
            let points = try Int64.fetchCursor(
                database.makeStatement(sql: Embedded.snapshotsBack),
                arguments: ["environment": environment.rawValue, "seq": end.rawValue, "every": includingReadings])
            var isFirst = true
            while let seq = try points.next().map(Seq.init(rawValue:)) {
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

extension History {
    /// The recorded states of an environment, for a replay or for the onset of findings.
    public func states(of environment: EnvironmentName) -> some StateSequence {
        RecordedStates(history: self, environment: environment)
    }
}
