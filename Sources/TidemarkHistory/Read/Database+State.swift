import GRDB
import Tidemark

extension Database {
    /// The snapshot at or before an entry, or the newest one: what it saw, and the rest as last seen.
    func snapshot(of environment: EnvironmentName, at seq: Seq) throws -> Snapshot? {
        guard let found = try newestSnapshot(of: environment, upTo: seq) else { return nil }
        let facets = try facets(of: environment, at: found.seq)
        try found.body.verify(facets.mapValues(\.hash), of: environment, at: found.seq)
        if found.body.keyID != nil { try verifyFingerprints(of: environment) }
        return try Snapshot(found, facets: facets, in: self)
    }

    /// The content hash of each facet at an entry.
    func state(of environment: EnvironmentName, at seq: Seq) throws -> [FacetID: ContentHash] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.state),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        var state: [FacetID: ContentHash] = [:]
        while let row = try rows.next() { state[row.facet] = try row.contentHash() }
        return state
    }

    private func facets(of environment: EnvironmentName, at seq: Seq) throws -> [FacetID: StoredFacet] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.stateWithContent),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        var facets: [FacetID: StoredFacet] = [:]
        while let row = try rows.next() {
            facets[row.facet] = StoredFacet(
                content: try row.content(), hash: try row.contentHash(), since: Seq(rawValue: row["seq"]))
        }
        return facets
    }

    func fingerprints(
        of environment: EnvironmentName, at seq: Seq
    ) throws -> [Fingerprint.Location: Fingerprint.Value] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.fingerprints),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        var fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:]
        while let row = try rows.next() {
            let location = Fingerprint.Location(facet: row.facet, path: row["path"], part: row["part"])
            fingerprints[location] = Fingerprint.Value(key: row["key"], code: row["code"])
        }
        return fingerprints
    }
}

extension Snapshot {
    /// Builds a snapshot from its entry and its facets. One that was recorded without a key has no fingerprints: older ones
    /// may be of other secrets.
    init(_ snapshot: SnapshotEntry, facets: [FacetID: StoredFacet], in database: Database) throws {
        let header = snapshot.entry.header
        let fingerprints =
            snapshot.body.keyID == nil ? [:] : try database.fingerprints(of: header.environment, at: header.seq)
        self.init(
            environment: header.environment, seq: header.seq, at: header.at, actor: header.actor, facets: facets,
            fingerprints: fingerprints, body: snapshot.body)
    }
}

extension SnapshotBody {
    /// Compares a state, as the index has it, with the recorded root.
    func verify(_ state: [FacetID: ContentHash], of environment: EnvironmentName, at seq: Seq) throws(Failure) {
        guard Root.hash(of: state) == root else {
            throw Failure.damaged(
                "the index of the history is damaged",
                why: "the state of '\(environment)' at \(seq) does not have the root that was recorded")
        }
    }
}

extension Row {
    fileprivate var facet: FacetID {
        FacetID(ResourceID(Kind(rawValue: self["kind"]), self["identity"]), self["name"])
    }
}
