import GRDB
import Tidemark

extension Database {
    func snapshot(of environment: EnvironmentName, at seq: Seq) throws -> Snapshot? {
        guard let entry = try newestSnapshot(of: environment, upTo: seq) else { return nil }
        let body = try entry.snapshotBody()
        let facets = try facets(of: environment, at: entry.header.seq)
        try body.verify(facets.mapValues(\.hash), of: environment, at: entry.header.seq)
        return Snapshot(
            environment: environment, seq: entry.header.seq, at: entry.header.at, actor: entry.header.actor,
            facets: facets, fingerprints: try fingerprints(of: entry, keyID: body.keyID), body: body)
    }

    /// Each facet's content hash at a place in the chain.
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

    /// The fingerprints as of a snapshot; those from before one that was taken without a key say nothing of it.
    private func fingerprints(of snapshot: Entry, keyID: String?) throws -> [Fingerprint.Location: Fingerprint
        .Value]
    {
        guard keyID != nil else { return [:] }
        try holdFingerprints(of: snapshot.header.environment)
        return try fingerprints(of: snapshot.header.environment, at: snapshot.header.seq)
    }

    func fingerprints(
        of environment: EnvironmentName, at seq: Seq
    ) throws -> [Fingerprint.Location: Fingerprint.Value] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.fingerprints),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        var fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:]
        while let row = try rows.next() {
            let place = Fingerprint.Location(facet: row.facet, path: row["path"], part: row["part"])
            fingerprints[place] = Fingerprint.Value(key: row["key"], code: row["code"])
        }
        return fingerprints
    }
}

extension SnapshotBody {
    /// Holds a state, as the index gives it, against the root that was recorded.
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
