import GRDB
import Tidemark

/// A snapshot of an environment's chain with the whole state at it; advances from snapshot to snapshot.
struct StateCursor {
    private let database: Database
    private let rows: RowCursor
    /// The last entry that was read, of any kind.
    private var last: Entry
    private var current: SnapshotEntry
    private var before: SnapshotBody?
    private var facets: [FacetID: StoredFacet]
    private(set) var release: RecordedRelease?

    init(from seq: Seq, of environment: EnvironmentName, in database: Database) throws {
        self.database = database
        guard let snapshot = try database.snapshot(of: environment, at: seq) else {
            throw Failure.brokenChain(of: environment, at: seq)
        }
        last = try database.entry(of: environment, at: snapshot.seq)
        current = try SnapshotEntry(last)
        facets = snapshot.facets
        release = try database.newestRelease(of: environment, upTo: snapshot.seq)
        rows = try Row.fetchCursor(
            database.makeStatement(sql: Embedded.entriesAfter),
            arguments: ["environment": environment.rawValue, "seq": snapshot.seq.rawValue])
    }

    private var environment: EnvironmentName { last.header.environment }

    /// Advances to the next snapshot; returns false at the end of the chain.
    mutating func advance() throws -> Bool {
        while let row = try rows.next() {
            let next = try row.entry()
            guard next.header.previous == last.hash else {
                throw Failure.brokenChain(of: environment, at: next.header.seq)
            }
            last = next
            guard next.header.kind == .snapshot else { continue }
            try apply(SnapshotEntry(next))
            return true
        }
        guard try database.last(of: environment)?.hash == last.hash else {
            throw Failure.brokenChain(of: environment, at: last.header.seq.next)
        }
        return false
    }

    private mutating func apply(_ snapshot: SnapshotEntry) throws {
        let (before, body) = (current.body, snapshot.body)
        for change in body.changes {
            facets[change.facet] = try change.content.map { hash in
                StoredFacet(content: try database.content(hash), hash: hash, since: snapshot.seq)
            }
        }
        // A snapshot without changes has the root of the one before, which is verified.
        if !body.changes.isEmpty || body.root != before.root {
            try body.verify(facets.mapValues(\.hash), of: environment, at: snapshot.seq)
        }
        if body.keyID != nil, before.keyID == nil { try database.verifyFingerprints(of: environment) }
        release = snapshot.release ?? release
        self.before = before
        current = snapshot
    }

    /// Whether the snapshot shows the same as the one before.
    func isUnchanged(includingReadings: Bool) -> Bool {
        guard let before else { return false }
        let body = current.body
        return body.changes.isEmpty && body.release == nil && body.fingerprints.isEmpty && body.keyID == before.keyID
            && body.gaps == before.gaps && body.decoders == before.decoders
            && (!includingReadings || body.hasSameMoment(as: before))
    }

    func snapshot() throws -> Snapshot { try Snapshot(current, facets: facets, in: database) }

    var datedEntry: DatedEntry {
        DatedEntry(
            seq: current.seq, at: current.at, release: release?.release.label,
            isWithRelease: release?.seq == current.seq)
    }
}

extension SnapshotBody {
    /// Whether the readings, and whether the environment was settled and its deployment failed, are the same.
    fileprivate func hasSameMoment(as other: SnapshotBody) -> Bool {
        readings == other.readings && unsettled == other.unsettled && failures == other.failures
    }
}
