import StrictJSON
import Tidemark

/// A verified copy of a chain in memory: all that its newest entry shows, with the contents there.
package struct ChainCopy: Sendable {
    private let environment: EnvironmentName
    private let images: ImageIndex
    private var log: RandomID?
    /// The hashes of all entries.
    private var hashes: [ContentHash] = []
    private var newest: Header?
    private var move: Move?
    private var binding: (body: EnvironmentBinding, seq: Seq)?
    private var snapshot: Seq?
    private var snapshotBody: SnapshotBody?
    private var state = ChainState()
    private var rows = RootRows()
    private var parts = ChainState.Parts(of: ChainState())
    private var contents: [ContentHash: String] = [:]
    private var running: [FacetID: [ImageReference]] = [:]
    /// The newest erased entry that no checkpoint follows: the state after it is unknown.
    private var erased: Seq?

    package init(of environment: EnvironmentName, images: ImageIndex) {
        self.environment = environment
        self.images = images
    }

    /// A copy that begins with the state in a pack, as if a checkpoint followed it.
    /// - Parameter log: The id of the log; nil if the pack is trusted to have it.
    /// - Throws: `Failure` with the code `history` for a pack whose state is not the one that its newest snapshot records.
    init(
        of environment: EnvironmentName, images: ImageIndex, atEndOf pack: Pack, log: RandomID?
    ) throws(Failure) {
        self.init(of: environment, images: images)
        let last = pack.entries[pack.entries.count - 1].entry
        guard let state = pack.state, state.entry.header.kind == .checkpoint,
            state.entry.header.previous == last.hash, log == nil || state.entry.header.log == log,
            let shown = pack.entries.last(where: { $0.entry.header.kind.affectsState })?.entry,
            shown.header.kind.showsState, shown.bodyText != nil,
            case let body = try shown.snapshotBody(), try body.state == state.entry.snapshotBody().state
        else { throw Failure.entry(last.header, why: "its pack does not have the state that it records") }
        try append(state)
        (newest, hashes, snapshot, snapshotBody) = (last.header, [last.hash], shown.header.seq, body)
    }

    /// The checkpoint that would follow the newest entry, with all contents of the state; nil if the state is unknown, or a binding
    /// follows the newest snapshot.
    ///
    /// It is the same for every copy of the chain.
    var checkpoint: ExportedEntry? {
        guard let log, let snapshotBody, let head = try? head,
            let entry = Entry(
                checkpointAfter: head, newest: snapshotBody, release: nil, notes: [], log: log, actor: nil,
                attempt: head.header.attempt, time: (head.header.at, head.header.clock))
        else { return nil }
        return ExportedEntry(entry: entry, contents: contents)
    }

    /// The end of the chain; nil for an empty one.
    /// - Throws: `Failure` with the code `history` if the state there is unknown.
    package var head: ChainHead? {
        get throws(Failure) {
            guard let newest, let hash = hashes.last else { return nil }
            guard erased == nil, let binding, let log else {
                throw Failure.entry(newest, why: "the body of entry \(erased ?? .first) is missing")
            }
            return ChainHead(
                header: newest, hash: hash, move: move, log: log, binding: binding.body, bindingSeq: binding.seq,
                snapshot: snapshot, state: state, root: parts.root, running: running)
        }
    }

    /// Verifies the next entry and appends it. An entry that the copy has is left as it is.
    /// - Throws: `Failure` with the code `history` for an entry that does not follow the newest one, or does not show the state
    ///   that it records. The copy is unchanged then.
    package mutating func append(_ exported: ExportedEntry) throws(Failure) {
        if has(exported.entry) { return }
        // Only one value has the hashes then, so that they are never copied.
        self = try followed(by: exported)
        hashes.append(exported.entry.hash)
    }

    /// The copy after the next entry, without its hash.
    private func followed(by exported: ExportedEntry) throws(Failure) -> ChainCopy {
        var next = self
        try next.follow(exported.entry.header)
        try next.apply(exported)
        guard try exported.entry.continuesLinks(of: newest) else { throw Failure.links(of: exported.entry.header) }
        next.newest = exported.entry.header
        return next
    }

    private func has(_ entry: Entry) -> Bool {
        guard let newest else { return false }
        let index = Int(entry.header.seq.rawValue - newest.seq.rawValue) + hashes.count - 1
        return hashes.indices.contains(index) && hashes[index] == entry.hash
    }

    private mutating func follow(_ header: Header) throws(Failure) {
        let follows =
            newest.flatMap { newest in hashes.last.map { header.follows(newest, hash: $0) } } ?? header.isFirst
        if newest == nil { log = header.log }
        guard follows, header.environment == environment, header.log ?? log == log
        else { throw Failure.entry(header, why: "it does not follow the entry before it") }
    }

    private mutating func apply(_ exported: ExportedEntry) throws(Failure) {
        let entry = exported.entry
        let header = entry.header
        if entry.bodyText == nil, header.kind.affectsState { erased = header.seq }
        switch header.kind {
        case .checkpoint where entry.bodyText != nil: try restart(at: exported)
        case .binding where erased == nil:
            binding = (try entry.bindingBody(), header.seq)
            state.binding = header.body
        case .snapshot where erased == nil: try show(try entry.snapshotBody(), exported)
        case .moved: move = try entry.moveBody()
        case _ where !header.kind.isKnown && header.isNeeded:
            throw Failure(
                .history, "entry \(header.seq) of '\(environment)' cannot be read",
                why: "its kind '\(header.kind.rawValue.printable)' is unknown", remedy: "use a newer tidemark")
        default: break
        }
    }

    /// Takes over the state that a checkpoint repeats, which must be the one before if that is known.
    private mutating func restart(at checkpoint: ExportedEntry) throws(Failure) {
        let entry = checkpoint.entry
        let before = erased == nil && snapshot != nil ? state : nil
        // It has the contents that the state before lacks: all of them if that is unknown.
        if before == nil { contents = [:] }
        (state, rows, running, erased) = (ChainState(), RootRows(), [:], nil)
        binding = (try entry.bindingBody(), entry.header.seq)
        state.binding = try entry.bindingHash()
        try show(try entry.snapshotBody(), checkpoint)
        guard before == nil || before == state else {
            throw Failure.entry(entry.header, why: "it does not repeat the state before it")
        }
    }

    private mutating func show(_ body: SnapshotBody, _ exported: ExportedEntry) throws(Failure) {
        let header = exported.entry.header
        contents.merge(exported.contents) { old, _ in old }
        guard body.contents.allSatisfy({ contents[$0] != nil }) else {
            throw Failure.entry(header, why: "it lacks a content that it names")
        }
        state.apply(body)
        for change in body.changes { rows.set(change.facet, to: change.content) }
        parts = ChainState.Parts(of: state, root: rows.hash)
        guard state.hash(parts) == body.state else {
            throw Failure.entry(header, why: "the state after it is not the one that it records")
        }
        (snapshot, snapshotBody) = (header.seq, body)
        for change in body.changes { try find(change) }
        let shown = state.contents
        contents = contents.filter { shown.contains($0.key) }
    }

    /// Finds the images in a changed description of what runs.
    private mutating func find(_ change: SnapshotBody.Change) throws(Failure) {
        let resource = change.facet.resource
        guard change.facet.name == Snapshot.description, let definition = images[resource.kind],
            definition.vantage == .running
        else { return }
        let description = change.content.flatMap { contents[$0] }.flatMap { try? JSON(parsing: $0) }
        running[change.facet] = description.map { definition.find(resource.identity, $0) }
    }
}

extension Failure {
    /// An entry whose header does not name the newest release, or the newest change of what runs.
    fileprivate static func links(of header: Header) -> Failure {
        .entry(header, why: "'release' or 'run' in its header is not what the entries before it say")
    }

    /// An entry that does not continue its chain.
    static func entry(_ header: Header, why: String) -> Failure {
        Failure(
            .history, "entry \(header.seq) of '\(header.environment)' is damaged", why: why,
            remedy: .searchCopies)
    }
}
