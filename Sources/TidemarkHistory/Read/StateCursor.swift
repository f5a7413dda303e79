import GRDB
import Tidemark

/// A snapshot of an environment's chain with the whole state at it; advances from snapshot to snapshot.
struct StateCursor {
    private let database: Database
    private let rows: RowCursor
    /// The last entry that was read, of any kind.
    private var last: Entry
    private var current: SnapshotEntry
    private var facets: [FacetID: StoredFacet]
    private var state: ChainState
    private var root: ContentHash
    /// The body of the snapshot before; nil for the first.
    private var before: SnapshotBody?
    private(set) var release: RecordedRelease?

    init(from seq: Seq, of environment: EnvironmentName, in database: Database) throws {
        self.database = database
        guard let found = try database.newestSnapshot(of: environment, upTo: seq) else {
            throw Failure.brokenChain(of: environment, at: seq)
        }
        (last, current) = (found.entry, found)
        let snapshot = found
        facets = try database.facets(of: environment, at: found.seq)
        (state, root) = try database.verified(facets.mapValues(\.hash), of: environment, at: found)
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
        let body = snapshot.body
        for change in body.changes {
            facets[change.facet] = try change.content.map { hash in
                StoredFacet(content: try database.content(hash), hash: hash, since: snapshot.seq)
            }
        }
        // Every body has the hash in its header, and every header that in the next one: the state needs no further check.
        state.apply(body)
        if case .changed(let new?) = body.root { root = new }
        release = snapshot.release ?? release
        (before, current) = (current.body, snapshot)
    }

    /// Whether the snapshot shows the same as the one before.
    func isUnchanged(includingReadings: Bool) -> Bool {
        let body = current.body
        guard let before else { return false }
        return body.changesNothing && body.release == nil && (!includingReadings || body.hasSameMoment(as: before))
    }

    func snapshot() throws -> Snapshot {
        try Snapshot(current, state, root: root, facets: facets, in: database)
    }

    var datedEntry: DatedEntry {
        DatedEntry(
            seq: current.seq, at: current.at, release: release?.release.label,
            isWithRelease: release?.seq == current.seq)
    }
}

extension SnapshotBody {
    /// Whether the readings, and whether the environment was settled and its deployment failed, are those of the snapshot
    /// before.
    fileprivate func hasSameMoment(as other: SnapshotBody) -> Bool {
        readings.isEmpty && unsettled == other.unsettled && failures == other.failures
    }
}
