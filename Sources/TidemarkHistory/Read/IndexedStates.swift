import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

/// The states of one environment, read part by part from the index.
///
/// A change that the index lacked would move a date, so the index must be verified before. Contents and entries are compared
/// with their hashes.
final class IndexedStates: StateReader {
    private let database: Database
    private let environment: EnvironmentName
    private var releases: ReleaseReader?
    private var timelines: [StatePart: StateTimeline] = [:]
    private var kinds: [StatePart: [Kind]] = [:]
    private var knownSnapshots: [Seq]?
    private var knownRestarts: [Seq]?
    private var lastWalk: (first: Seq, walk: RecordedWalk, gaps: [Gap])?
    /// The content of each facet that was read last: the next state that is read mostly has the same.
    private var facets: [FacetID: StoredFacet] = [:]
    /// Snapshots that were read: rules about the same kinds read the same ones.
    private var knownStates: [PartialState: Snapshot] = [:]
    /// The largest number of them, for memory.
    private static let stateLimit = 128

    init(of environment: EnvironmentName, in database: Database) {
        self.environment = environment
        self.database = database
    }

    func snapshots() throws -> [Seq] {
        if let knownSnapshots { return knownSnapshots }
        let seqs = try Int64.fetchAll(
            database.cachedStatement(sql: Embedded.snapshots), arguments: ["environment": environment.rawValue]
        ).map(Seq.init(rawValue:))
        knownSnapshots = seqs
        return seqs
    }

    func restarts() throws -> [Seq] {
        if let knownRestarts { return knownRestarts }
        let restarts = try database.restarts(of: environment)
        knownRestarts = restarts
        return restarts
    }

    func release(at seq: Seq) throws -> RecordedRelease? {
        let reader = try releases ?? ReleaseReader(of: environment, in: database)
        releases = reader
        return try reader.newest(upTo: seq)
    }

    func datedEntry(_ seq: Seq) throws -> DatedEntry {
        let release = try release(at: seq)
        return DatedEntry(
            seq: seq, at: try database.entry(of: environment, at: seq).header.at, release: release?.label,
            isWithRelease: release?.seq == seq)
    }

    // MARK: Parts

    func timeline(of parts: Set<StatePart>) throws -> StateTimeline {
        let changes = try parts.map { part in
            if let known = timelines[part] { return known }
            let timeline = try database.timeline(of: part, in: environment)
            timelines[part] = timeline
            return timeline
        }
        return StateTimeline(merging: try changes + [StateTimeline(restarts: restarts())])
    }

    // MARK: Snapshots

    func snapshot(with parts: Set<StatePart>, at seq: Seq) throws -> Snapshot {
        let state = PartialState(parts: parts, seq: seq)
        if let known = knownStates[state] { return known }
        let snapshot = try read(state)
        if knownStates.count == Self.stateLimit { knownStates.removeAll() }
        knownStates[state] = snapshot
        return snapshot
    }

    private func read(_ state: PartialState) throws -> Snapshot {
        let (parts, seq) = (state.parts, state.seq)
        let found = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: seq))
        let (walk, gaps) = try walk(at: seq)
        let facets = try facets(of: parts.reduce(into: []) { try $0.formUnion(kinds(of: $1)) }, at: seq)
        let chain = ChainState(
            readings: parts.contains(where: \.isOfReadings) ? try database.readings(of: environment, at: seq) : [:],
            fingerprints: parts.contains(where: \.isOfFingerprints)
                ? try database.fingerprints(of: environment, at: seq) : [:],
            questions: walk.questions, gaps: walk.gaps, decoders: walk.decoders, keyID: walk.keyID)
        // No rule reads the root, which a part of a state does not have.
        return try Snapshot(found, chain, root: Root.hash(of: [:]), facets: facets, gaps: gaps, in: database)
    }

    /// How the environment was observed, which most snapshots have in common.
    private func walk(at seq: Seq) throws -> (RecordedWalk, [Gap]) {
        let first = try timeline(of: [.coverage]).stretch(around: seq).first
        if let lastWalk, lastWalk.first == first { return (lastWalk.walk, lastWalk.gaps) }
        guard let walk = try database.walk(of: environment, at: seq) else {
            throw Failure.index("it does not have how '\(environment)' was observed at \(seq)")
        }
        let gaps = try database.gaps(walk.gaps)
        lastWalk = (first, walk, gaps)
        return (walk, gaps)
    }

    private func facets(of kinds: Set<Kind>, at seq: Seq) throws -> [FacetID: StoredFacet] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: Embedded.stateOfKinds),
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue,
                "kinds": JSON(kinds.map(\.rawValue)).canonical,
            ])
        var found: [FacetID: StoredFacet] = [:]
        while let row = try rows.next() {
            let (facet, hash) = (row.facet, try row.hash())
            let known = facets[facet].flatMap { $0.hash == hash ? $0 : nil }
            found[facet] = try row.storedFacet(known?.content ?? JSON(parsing: row.contentBytes()))
        }
        facets.merge(found) { _, new in new }
        return found
    }

    /// The kinds whose facets a part is about.
    private func kinds(of part: StatePart) throws -> [Kind] {
        switch part.whole {
        case .resources(let kind), .fingerprints(let kind), .readings(let kind, _): return [kind]
        case .facet, .facets, .incarnations, .release, .deployments, .status, .coverage: return []
        case .namesakes(let identity):
            if let known = kinds[part] { return known }
            let found = try String.fetchAll(
                database.cachedStatement(sql: Embedded.kindsOfNamesakes),
                arguments: ["environment": environment.rawValue, "identity": identity]
            ).map(Kind.init(rawValue:))
            kinds[part] = found
            return found
        }
    }
}

/// Some parts of the state at a snapshot.
private struct PartialState: Hashable {
    let parts: Set<StatePart>
    let seq: Seq
}

extension StatePart {
    fileprivate var isOfReadings: Bool { if case .readings = self { true } else { false } }
    fileprivate var isOfFingerprints: Bool { if case .fingerprints = self { true } else { false } }
}

extension History {
    /// The recorded states of an environment, for a replay or for the onset of findings.
    public func states(of environment: EnvironmentName) -> RecordedStates {
        RecordedStates { body throws(Failure) in
            try readIndexed(of: [environment]) { database in
                try body(IndexedStates(of: environment, in: database))
            }
        }
    }
}
