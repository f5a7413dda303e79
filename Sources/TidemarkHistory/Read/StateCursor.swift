import GRDB
import Tidemark

/// A place in an environment's chain that is moved on, with all that was known there.
struct StateCursor {
    private let database: Database
    private let rows: RowCursor
    private var entry: Entry
    private var body: SnapshotBody
    /// The snapshot's before.
    private var before: SnapshotBody?
    private var facets: [FacetID: StoredFacet]
    private(set) var release: RecordedRelease?

    init(from seq: Seq, of environment: EnvironmentName, in database: Database) throws {
        self.database = database
        guard let snapshot = try database.snapshot(of: environment, at: seq) else {
            throw Failure.brokenChain(of: environment, at: seq)
        }
        entry = try database.entry(of: environment, at: snapshot.seq)
        body = snapshot.body
        facets = snapshot.facets
        release = try database.newestRelease(of: environment, upTo: snapshot.seq)
        if body.keyID != nil { try database.holdFingerprints(of: environment) }
        rows = try Row.fetchCursor(
            database.makeStatement(sql: Embedded.entriesAfter),
            arguments: ["environment": environment.rawValue, "seq": snapshot.seq.rawValue])
    }

    /// Moves on to the next snapshot; false where there is none.
    mutating func goOn() throws -> Bool {
        while let row = try rows.next() {
            let next = try row.entry()
            guard next.header.previous == entry.hash else {
                throw Failure.brokenChain(of: entry.header.environment, at: next.header.seq)
            }
            entry = next
            guard next.header.kind == .snapshot else { continue }
            before = body
            body = try next.snapshotBody()
            try takeChanges()
            return true
        }
        guard try database.last(of: entry.header.environment)?.hash == entry.hash else {
            throw Failure.brokenChain(of: entry.header.environment, at: entry.header.seq.next)
        }
        return false
    }

    private mutating func takeChanges() throws {
        for change in body.changes {
            facets[change.facet] = try change.content.map { hash in
                StoredFacet(content: try database.content(hash), hash: hash, since: entry.header.seq)
            }
        }
        if let release = body.release {
            self.release = RecordedRelease(
                seq: entry.header.seq, at: entry.header.at, release: release, actor: entry.header.actor)
        }
        // What nothing changed has the root that it had.
        if !body.changes.isEmpty || body.root != before?.root {
            try body.verify(facets.mapValues(\.hash), of: entry.header.environment, at: entry.header.seq)
        }
        if body.keyID != nil, before?.keyID == nil { try database.holdFingerprints(of: entry.header.environment) }
    }

    /// Whether nothing that is judged differs from the snapshot before.
    func isUnchanged(usesReadings: Bool) -> Bool {
        guard let before else { return false }
        return body.changes.isEmpty && body.release == nil && body.fingerprints.isEmpty && body.keyID == before.keyID
            && body.gaps == before.gaps && body.decoders == before.decoders
            && (!usesReadings || body.readings == before.readings)
    }

    func snapshot() throws -> Snapshot {
        let header = entry.header
        let fingerprints =
            body.keyID == nil ? [:] : try database.fingerprints(of: header.environment, at: header.seq)
        return Snapshot(
            environment: header.environment, seq: header.seq, at: header.at, actor: header.actor, facets: facets,
            fingerprints: fingerprints, body: body)
    }

    var moment: DatedEntry {
        DatedEntry(
            seq: entry.header.seq, at: entry.header.at, release: release?.release.label,
            isWithRelease: release?.seq == entry.header.seq)
    }
}
