import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension Database {
    /// The snapshot at or before an entry, or the newest one: what it saw, and the rest as last seen.
    /// - Parameter other: A snapshot with verified contents, which are not decoded again.
    func snapshot(of environment: EnvironmentName, at seq: Seq, beside other: Snapshot? = nil) throws -> Snapshot? {
        guard let found = try newestSnapshot(of: environment, upTo: seq) else { return nil }
        let isNewest = try newestSnapshot(of: environment)?.seq == found.seq
        let (facets, root) = try facets(of: environment, at: found.seq, isNewest: isNewest) { facet, hash in
            guard let stored = other?.facets[facet], stored.hash == hash else { return JSON?.none }
            return stored.content
        }
        let state = try verified(facets.mapValues(\.hash), root, of: environment, at: found, isNewest: isNewest)
        return try Snapshot(
            found, state, root: root, facets: facets, gaps: gaps(state.gaps),
            notes: notes(of: environment).filter { $0.note.about.seq == found.seq }, in: self)
    }

    /// The state at the newest snapshot.
    func currentState(
        of environment: EnvironmentName, at snapshot: SnapshotEntry
    ) throws -> (state: ChainState, root: ContentHash) {
        let (facets, root) = try facets(Embedded.currentState, ["environment": environment.rawValue]) { $2 }
        return (try verified(facets, root, of: environment, at: snapshot, isNewest: true), root)
    }

    /// The state with some facets, compared with the hash that the snapshot recorded.
    /// - Parameters:
    ///   - root: The hash of the facets.
    ///   - isNewest: Whether it is the newest snapshot, whose readings and fingerprints are those at the head.
    private func verified(
        _ facets: [FacetID: ContentHash], _ root: ContentHash, of environment: EnvironmentName,
        at snapshot: SnapshotEntry, isNewest: Bool
    ) throws -> ChainState {
        guard let walk = try walk(of: environment, at: snapshot.seq) else {
            throw try failure(ofStateOf: environment, at: snapshot.seq)
        }
        let state = ChainState(
            binding: try entry(of: environment, at: walk.binding).bindingHash(), facets: facets,
            readings: try isNewest ? currentReadings(of: environment) : readings(of: environment, at: snapshot.seq),
            fingerprints: try isNewest
                ? currentFingerprints(of: environment) : fingerprints(of: environment, at: snapshot.seq),
            questions: walk.questions, gaps: walk.gaps, decoders: walk.decoders, keyID: walk.keyID)
        guard state.hash(ChainState.Parts(of: state, root: root)) == snapshot.body.state else {
            throw try failure(ofStateOf: environment, at: snapshot.seq)
        }
        return state
    }

    /// How an environment was observed at a snapshot, compared with the hash that the snapshot recorded. The facets, readings
    /// and fingerprints are not read: the index has their hashes.
    /// - Parameter later: The result for a later snapshot, from which nearly nothing differs.
    func observed(_ snapshot: SnapshotEntry, before later: ObservedSnapshot? = nil) throws -> ObservedSnapshot {
        let (environment, seq) = (snapshot.entry.header.environment, snapshot.seq)
        let arguments: StatementArguments = ["environment": environment.rawValue, "seq": seq.rawValue]
        var observed: ObservedSnapshot
        if let later, later.since <= seq {
            observed = later
        } else {
            guard let row = try Row.fetchOne(cachedStatement(sql: Embedded.walk), arguments: arguments) else {
                throw try failure(ofStateOf: environment, at: seq)
            }
            let walk = try RecordedWalk(row)
            observed = try ObservedSnapshot(
                walk: walk, since: Seq(rawValue: row["since"]), gaps: gaps(walk.gaps),
                binding: entry(of: environment, at: walk.binding).bindingHash())
        }
        if observed.partsSince.map({ $0 > seq }) ?? true {
            let row = try Row.fetchOne(cachedStatement(sql: Embedded.parts), arguments: arguments)
            guard let row, let root = try row.hash("root"), let readings = try row.hash("readings"),
                let fingerprints = try row.hash("fingerprints")
            else { throw try failure(ofStateOf: environment, at: seq) }
            observed.setParts(root, readings: readings, fingerprints: fingerprints, since: Seq(rawValue: row["since"]))
        }
        guard observed.state == snapshot.body.state else {
            throw try failure(ofStateOf: environment, at: seq)
        }
        return observed
    }

    // MARK: Parts

    /// The facets at a snapshot with their contents, and the hash of them.
    /// - Parameter known: A content that was verified before.
    private func facets(
        of environment: EnvironmentName, at seq: Seq, isNewest: Bool, known: (FacetID, ContentHash) -> JSON?
    ) throws -> (facets: [FacetID: StoredFacet], root: ContentHash) {
        var arguments: StatementArguments = ["environment": environment.rawValue]
        if isNewest {
            return try facets(Embedded.currentContents, arguments) { row, facet, hash in
                try row.storedFacet(known(facet, hash) ?? JSON(parsing: row.currentText()))
            }
        }
        arguments += ["seq": seq.rawValue]
        return try facets(Embedded.state, arguments) { row, facet, hash in
            try row.storedFacet(known(facet, hash) ?? JSON(parsing: row.contentBytes()))
        }
    }

    /// The facets that a query finds, and the hash of them.
    /// - Parameters:
    ///   - sql: A query for facets with the hashes of their contents, in the order of the root.
    ///   - read: What is kept of a row.
    private func facets<Value>(
        _ sql: String, _ arguments: StatementArguments, read: (Row, FacetID, ContentHash) throws -> Value
    ) throws -> (facets: [FacetID: Value], root: ContentHash) {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var (facets, root): ([FacetID: Value], RootRows) = ([:], RootRows())
        while let row = try rows.next() {
            guard let hash = try row.hash() else { throw Failure.index("it names content that does not exist") }
            let facet = row.facet
            facets[facet] = try read(row, facet, hash)
            root.set(facet, to: hash)
        }
        return (facets, root.hash)
    }

    func readings(of environment: EnvironmentName, at seq: Seq) throws -> [Reading.ID: JSON] {
        try readings(Embedded.readings, ["environment": environment.rawValue, "seq": seq.rawValue])
    }

    private func currentReadings(of environment: EnvironmentName) throws -> [Reading.ID: JSON] {
        try readings(Embedded.currentReadings, ["environment": environment.rawValue])
    }

    private func readings(_ query: String, _ arguments: StatementArguments) throws -> [Reading.ID: JSON] {
        let rows = try Row.fetchCursor(cachedStatement(sql: query), arguments: arguments)
        var readings: [Reading.ID: JSON] = [:]
        while let row = try rows.next() {
            let facet = row.facet
            readings[Reading.ID(facet.resource, facet.name)] = try JSON(parsing: row["value"] as String)
        }
        return readings
    }

    func fingerprints(
        of environment: EnvironmentName, at seq: Seq
    ) throws -> [Fingerprint.Location: Fingerprint.Value] {
        try fingerprints(Embedded.fingerprints, ["environment": environment.rawValue, "seq": seq.rawValue])
    }

    private func currentFingerprints(
        of environment: EnvironmentName
    ) throws -> [Fingerprint.Location: Fingerprint.Value] {
        try fingerprints(Embedded.currentFingerprints, ["environment": environment.rawValue])
    }

    private func fingerprints(
        _ query: String, _ arguments: StatementArguments
    ) throws -> [Fingerprint.Location: Fingerprint.Value] {
        let rows = try Row.fetchCursor(cachedStatement(sql: query), arguments: arguments)
        var fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:]
        while let row = try rows.next() {
            let location = Fingerprint.Location(facet: row.facet, path: row["path"], part: row["part"])
            fingerprints[location] = Fingerprint.Value(key: row["key"] ?? "", code: row["code"] ?? "")
        }
        return fingerprints
    }

    /// How an environment was observed at an entry; nil if the index has nothing of it.
    func walk(of environment: EnvironmentName, at seq: Seq) throws -> RecordedWalk? {
        try Row.fetchOne(
            cachedStatement(sql: Embedded.walk),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue]
        ).map(RecordedWalk.init)
    }

    /// What a snapshot could see.
    func coverage(of environment: EnvironmentName, at seq: Seq) throws -> SnapshotCoverage {
        guard let walk = try walk(of: environment, at: seq) else {
            throw Failure.index("it does not have how '\(environment)' was observed at \(seq)")
        }
        return SnapshotCoverage(walk, gaps: try gaps(walk.gaps))
    }

    /// The gaps that a content lists.
    func gaps(_ hash: ContentHash?) throws -> [Gap] {
        guard let hash else { return [] }
        let list = try content(hash).array ?? []
        let gaps = list.compactMap(Gap.init(json:))
        guard gaps.count == list.count else {
            throw Failure(
                .history, "content \(hash.abbreviated) cannot be read", why: "it is not a list of gaps",
                remedy: "use a newer tidemark")
        }
        return gaps
    }
}

extension Snapshot {
    /// Builds a snapshot from its entry, its state and its facets. One that was recorded without a key has no fingerprints:
    /// older ones may be of other secrets.
    init(
        _ snapshot: SnapshotEntry, _ state: ChainState, root: ContentHash, facets: [FacetID: StoredFacet],
        gaps: [Gap], notes: [RecordedNote] = [], in database: Database
    ) throws {
        let header = snapshot.entry.header
        self.init(
            environment: header.environment, seq: header.seq, at: header.at, actor: header.actor,
            secondsAhead: try database.secondsAhead(of: header), facets: facets,
            fingerprints: state.keyID == nil ? [:] : state.fingerprints,
            body: SnapshotRecord(snapshot.body, state, root: root, gaps: gaps), notes: notes)
    }
}

extension Row {
    var facet: FacetID {
        FacetID(ResourceID(Kind(rawValue: self["kind"]), self["identity"]), self["name"])
    }

    func storedFacet(_ content: JSON) throws -> StoredFacet {
        guard let hash = try hash() else { throw Failure.index("it names content that does not exist") }
        return StoredFacet(content: content, hash: hash, since: Seq(rawValue: self["seq"]))
    }
}
