import Tidemark

/// How an environment was observed at a snapshot, and the hashes of the parts of its state.
struct ObservedSnapshot {
    let questionCount: Int
    let gaps: [Gap]
    /// The entry from which on the environment was observed so.
    let since: Seq
    /// The entry from which on the parts have these hashes.
    private(set) var partsSince: Seq?
    private(set) var root = RootRows().hash
    /// The hash of the state.
    private(set) var state: ContentHash?
    private let known: ChainState
    private let decoders: ContentHash?

    /// - Parameter binding: The hash of the binding under which it was observed.
    init(walk: RecordedWalk, since: Seq, gaps: [Gap], binding: ContentHash) {
        questionCount = walk.questions?.count ?? 0
        self.gaps = gaps
        self.since = since
        known = ChainState(
            binding: binding, questions: walk.questions, gaps: walk.gaps, decoders: walk.decoders, keyID: walk.keyID)
        decoders = known.decodersHash
    }

    mutating func setParts(_ root: ContentHash, readings: ContentHash, fingerprints: ContentHash, since: Seq) {
        (self.root, partsSince) = (root, since)
        state = known.hash(
            ChainState.Parts(root: root, readings: readings, fingerprints: fingerprints, decoders: decoders))
    }
}
