import Tidemark

/// The state of a chain while its entries are read, oldest first.
struct ChainReplay {
    private(set) var state = ChainState()
    private(set) var parts = ChainState.Parts(of: ChainState())
    /// The entry that has the binding.
    private(set) var binding = Seq.first
    /// The hash of the state; nil before the first snapshot, and where the state is unknown.
    private var hash: ContentHash?
    /// The newest erased entry that no checkpoint follows: the state after it is unknown.
    private(set) var erased: Seq?
    /// Whether the entry that was added last is a checkpoint before which the state is unknown.
    private(set) var isRestarted = false

    init() {}

    /// Continues after a snapshot with a verified state.
    /// - Parameters:
    ///   - binding: The entry that has the newest binding, and the hash of that binding.
    init(after state: ChainState, _ parts: ChainState.Parts, binding: (seq: Seq, hash: ContentHash)) {
        (self.state, self.parts, self.binding) = (state, parts, binding.seq)
        hash = state.hash(parts)
        self.state.binding = binding.hash
    }

    /// What the entry that was added last changes, for the index.
    func indexed(_ change: SnapshotBody) -> IndexedChange {
        IndexedChange(body: change, parts: parts, binding: binding, isRestart: isRestarted)
    }

    /// - Returns: What the entry changes of the last known state; nil if it shows no known state.
    mutating func add(_ entry: Entry) throws(Failure) -> SnapshotBody? {
        let header = entry.header
        isRestarted = false
        if entry.bodyText == nil, header.kind.affectsState { (erased, hash) = (header.seq, nil) }
        switch header.kind {
        case .checkpoint where entry.bodyText != nil: return try restart(at: entry)
        case .binding where erased == nil: (binding, state.binding) = (header.seq, header.body)
        case .snapshot where erased == nil:
            let body = try entry.snapshotBody()
            state.apply(body)
            parts.update(body, in: state)
            hash = body.state
            return body
        default: break
        }
        return nil
    }

    /// Takes over the state that a checkpoint repeats, which must be the one before if that is known.
    private mutating func restart(at checkpoint: Entry) throws(Failure) -> SnapshotBody {
        let (header, body) = (checkpoint.header, try checkpoint.snapshotBody())
        guard hash == nil || hash == body.state, try checkpoint.releaseBefore()?.seq == header.newestRelease,
            try checkpoint.notesBefore().last?.seq == header.newestNote
        else {
            throw Failure.state(after: header)
        }
        var new = ChainState(binding: try checkpoint.bindingHash())
        new.apply(body)
        if new.binding != state.binding { binding = header.seq }
        isRestarted = erased != nil
        // Nothing lasts across entries that are unknown.
        let change = SnapshotBody(from: state, to: new, like: body, root: body.root, repeatsAll: isRestarted)
        (state, parts, hash, erased) = (new, ChainState.Parts(of: new), body.state, nil)
        return change
    }
}

extension Failure {
    static func state(after header: Header) -> Failure {
        Failure.damaged(
            "entry \(header.seq) of '\(header.environment)' is damaged",
            why: "the state after it is not the one that it records")
    }

    /// An erased entry whose state no checkpoint restores.
    static func missingBody(of environment: EnvironmentName, at seq: Seq) -> Failure {
        Failure.damaged(
            "entry \(seq) of '\(environment)' is damaged", why: "it has no body, and no checkpoint follows it")
    }
}
