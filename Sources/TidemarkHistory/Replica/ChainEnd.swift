import Tidemark

/// The end of a chain, with all that verifies the next entry.
struct ChainEnd {
    /// The newest entry; nil for an empty chain.
    private(set) var newest: (header: Header, hash: ContentHash)?
    /// The state after it.
    private(set) var replay = ChainReplay()
    /// What runs after it; nil if the index has it.
    var running: DeploymentReplay?
    private var log: RandomID?
    private var verifier = StateVerifier()

    init() {}

    /// The end of a chain whose state is known.
    /// - Parameters:
    ///   - log: The id of the log.
    ///   - binding: The hash of the newest binding.
    init(_ head: ChainHead, log: RandomID?, binding: ContentHash) {
        newest = (head.header, head.hash)
        self.log = log
        let parts = ChainState.Parts(of: head.state, root: head.root)
        replay = ChainReplay(after: head.state, parts, binding: (head.bindingSeq, binding))
        verifier = StateVerifier(after: head.state.facets)
    }

    /// Verifies the next entry and adds it.
    /// - Returns: What it changes; nil if it shows no known state.
    /// - Throws: `Failure` with the code `history` for an entry that does not follow the newest one, that does not show the state
    ///   that it records, or whose kind is unknown and needed.
    mutating func add(_ entry: Entry) throws(Failure) -> SnapshotBody? {
        let header = entry.header
        let follows = newest.map { header.follows($0.header, hash: $0.hash) } ?? header.isFirst
        if newest == nil { log = header.log }
        guard follows, header.log ?? log == log else {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "it does not follow the entry before it")
        }
        try entry.checkKind()
        guard try entry.continuesLinks(of: newest?.header) else {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "'release' or 'run' in its header is not what the entries before it say")
        }
        newest = (header, entry.hash)
        let change = try replay.add(entry)
        if let change { try verifier.add(header, change, replay) }
        return change
    }
}
