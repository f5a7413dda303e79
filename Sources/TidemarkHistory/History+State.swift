import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

/// The newest entry of a chain, and what is known by then.
public struct Head: Sendable {
    public let seq: Seq
    public let hash: ContentHash
    public let at: Timestamp
    public let binding: EnvironmentBinding
    /// The newest snapshot's entry, if there is one.
    let lastSnapshot: Entry?
    /// Each facet's content hash.
    let state: [FacetID: ContentHash]

    /// The newest snapshot, if there is one.
    public var snapshot: Seq? { lastSnapshot?.header.seq }
    /// By which version the newest snapshot read each kind's answers; nil where there is no snapshot.
    public func decoders() throws(Failure) -> [Kind: String]? { try lastSnapshot?.snapshotBody().decoders }
    /// The resources that exist as far as is known.
    public var resources: Set<ResourceID> { Set(state.keys.map(\.resource)) }
}

extension History {
    /// The head of an environment's chain, or nil if it has none.
    public func head(of environment: EnvironmentName) throws(Failure) -> Head? {
        try read { try $0.head(of: environment) }
    }

    /// The snapshot at or before a place in the chain, whole: what it saw, and the rest as last seen.
    public func snapshot(of environment: EnvironmentName, at seq: Seq) throws(Failure) -> Snapshot? {
        try read { try $0.snapshot(of: environment, at: seq) }
    }
}

extension Database {
    /// The environments that have a chain, by name: each with its first entry, and none that only the index knows.
    func environments() throws -> [EnvironmentName] {
        let names = try String.fetchAll(cachedStatement(sql: Embedded.environments))
        let indexed = try String.fetchAll(cachedStatement(sql: Embedded.environmentsOfResources))
        return try Set(names).union(indexed).sorted { $0.precedesByUTF8($1) }.map { text in
            guard let name = try? EnvironmentName(text) else {
                throw Failure.damaged("the history is damaged", why: "'\(text.printable)' cannot name an environment")
            }
            _ = try entry(of: name, at: .first)
            return name
        }
    }

    func head(of environment: EnvironmentName) throws -> Head? {
        guard let entry = try last(of: environment) else { return nil }
        let end = entry.header.seq
        return Head(
            seq: end, hash: entry.hash, at: entry.header.at, binding: try newestBinding(of: environment),
            lastSnapshot: try newestSnapshot(of: environment, upTo: end),
            state: try state(of: environment, at: end))
    }

    func snapshot(of environment: EnvironmentName, at seq: Seq) throws -> Snapshot? {
        guard let entry = try newestSnapshot(of: environment, upTo: seq) else { return nil }
        let body = try entry.snapshotBody()
        let facets = try facets(of: environment, at: entry.header.seq)
        try body.verify(facets.mapValues(\.hash), of: environment, at: entry.header.seq)
        return Snapshot(
            environment: environment, seq: entry.header.seq, at: entry.header.at, actor: entry.header.actor,
            facets: facets, fingerprints: try fingerprints(of: entry, keyID: body.keyID), body: body)
    }

    /// The newest entry, found in two ways that must agree: SQLite's index could have lost it.
    func last(of environment: EnvironmentName) throws -> Entry? {
        let arguments: StatementArguments = ["environment": environment.rawValue]
        let entry = try Row.fetchOne(cachedStatement(sql: Embedded.head), arguments: arguments)?.entry()
        let seq = try Int64.fetchOne(cachedStatement(sql: Embedded.lastSeq), arguments: arguments)
        guard entry?.header.seq.rawValue == seq, entry.map({ $0.header.environment == environment }) ?? true else {
            throw Failure.brokenChain(of: environment, at: entry?.header.seq.next ?? .first)
        }
        return entry
    }

    /// The newest snapshot at or before a place in the chain.
    ///
    /// Gone back to entry by entry: nearly every one is a snapshot, and none that SQLite's index has lost is passed over.
    func newestSnapshot(of environment: EnvironmentName, upTo seq: Seq) throws -> Entry? {
        guard var entry = try last(of: environment) else { return nil }
        if seq < .first { return nil }
        if seq < entry.header.seq { entry = try self.entry(of: environment, at: seq) }
        while entry.header.kind != .snapshot {
            guard entry.header.seq > .first else { return nil }
            entry = try self.entry(of: environment, at: Seq(rawValue: entry.header.seq.rawValue - 1))
        }
        return entry
    }

    /// The newest binding: one that SQLite's index has lost is noticed by the one who records, as another environment.
    private func newestBinding(of environment: EnvironmentName) throws -> EnvironmentBinding {
        let entry = try Row.fetchOne(
            cachedStatement(sql: Embedded.newestBinding), arguments: ["environment": environment.rawValue])?.entry()
        guard let entry, entry.header.environment == environment, entry.header.kind == .binding else {
            throw Failure.damaged("the history is damaged", why: "'\(environment)' has no binding")
        }
        return try entry.bindingBody()
    }

    /// Each facet's content hash at a place in the chain.
    private func state(of environment: EnvironmentName, at seq: Seq) throws -> [FacetID: ContentHash] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.state),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        var state: [FacetID: ContentHash] = [:]
        while let row = try rows.next() { state[row.facet] = try row.contentHash() }
        return state
    }

    fileprivate func facets(of environment: EnvironmentName, at seq: Seq) throws -> [FacetID: StoredFacet] {
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
    fileprivate func fingerprints(of snapshot: Entry, keyID: String?) throws -> [Fingerprint.Location: Fingerprint
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

    fileprivate func contentHash() throws(Failure) -> ContentHash {
        guard let hash = ContentHash(hexadecimal: self["content"]) else {
            throw Failure.damaged("the index of the history is damaged", why: "it names content that cannot exist")
        }
        return hash
    }

    /// The content in a row of `content` and `bytes`, held against its hash.
    func content() throws -> JSON {
        let hash = try contentHash()
        guard let bytes = self["bytes"] as Data?, ContentHash(of: bytes) == hash else {
            throw Failure.damaged(
                "content \(hash.abbreviated) is damaged", why: "its bytes are not those that were recorded")
        }
        return try JSON(parsing: bytes)
    }
}
