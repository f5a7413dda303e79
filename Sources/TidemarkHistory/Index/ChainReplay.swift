import Tidemark

/// The state of a chain while its entries are read, oldest first.
struct ChainReplay {
    private(set) var state = ChainState()
    private(set) var parts = ChainState.Parts(of: ChainState())
    /// The entry that has the binding.
    private(set) var binding = Seq.first

    /// - Parameter body: The body of a snapshot; nil for an entry of another kind.
    mutating func add(_ header: Header, _ body: SnapshotBody?) {
        if header.kind == .binding { (binding, state.binding) = (header.seq, header.body) }
        guard let body else { return }
        state.apply(body)
        parts.update(body, in: state)
    }
}
