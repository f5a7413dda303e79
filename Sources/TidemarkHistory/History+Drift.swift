import StrictYAML
import GRDB
import Tidemark

extension History {
    /// A baseline held against a moment, with since when each finding has been so.
    /// - Parameters:
    ///   - file: The baseline's.
    ///   - maximumAge: How old the snapshot may be, in milliseconds; nil for any age.
    /// - Throws: `Failure` where there is no snapshot by then, and `FileError` where a literal is expected of what is
    ///   redacted.
    public func drift(
        of environment: EnvironmentName, at moment: Moment, from baseline: Baseline, file: String, now: Timestamp,
        maximumAge: Int64?
    ) throws -> Drift {
        let snapshot = try snapshot(of: environment, at: moment)
        let drift = try Drift(
            of: snapshot, from: baseline, file: file,
            release: newestRelease(of: environment, upTo: snapshot.seq), environments: environments(), now: now,
            maximumAge: maximumAge)
        return drift.telling(try onsets(of: drift))
    }

    /// The newest release at or before a place in the chain.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { database in
            try database.holdReleases(of: environment)
            return try database.newestRelease(of: environment, upTo: seq)
        }
    }

    /// No drift is followed through more changes than these; what is older has been so "or before".
    private static let mostChanges = 200

    private func onsets(of drift: Drift) throws(Failure) -> [FindingID: Onset] {
        guard drift.findings.contains(where: \.isDrifted) else { return [:] }
        return try read { database in
            let environment = drift.snapshot.environment
            var steps = try database.stepsBack(of: environment, from: drift.snapshot.seq)
            steps.isEverySnapshot = OnsetSearch.needsReadings(drift)
            guard let newest = try steps.next() else { return [:] }
            var search = OnsetSearch(drift, since: try database.since(newest, in: environment))
            for _ in 0..<Self.mostChanges where search.isOpen {
                guard let seq = try steps.next(),
                    let snapshot = try database.snapshot(of: environment, at: seq)
                else { break }
                search.visit(
                    at: snapshot, release: try database.newestRelease(of: environment, upTo: seq),
                    since: try database.since(seq, in: environment))
            }
            search.end()
            return search.onsets
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
    fileprivate func stepsBack(of environment: EnvironmentName, from seq: Seq) throws -> ChangePoints {
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

    /// From an entry on, and which release was the newest by then.
    fileprivate func since(_ seq: Seq, in environment: EnvironmentName) throws -> DatedEntry {
        let release = try newestRelease(of: environment, upTo: seq)
        return DatedEntry(
            seq: seq, at: try entry(of: environment, at: seq).header.at, release: release?.release.label,
            isWithRelease: release?.seq == seq)
    }
}
