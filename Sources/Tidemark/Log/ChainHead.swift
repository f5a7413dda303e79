import StrictJSON

/// The end of an environment's chain: its newest entry, and all that the chain shows there.
public struct ChainHead: Sendable {
    /// The newest entry.
    public let header: Header
    /// The hash of that entry.
    public let hash: ContentHash
    /// The body of the newest entry, if that ends the chain; nil if the chain is open.
    public let move: Move?
    /// The id of the log.
    package let log: RandomID
    /// The newest binding.
    public let binding: EnvironmentBinding
    /// The entry that has it.
    package let bindingSeq: Seq
    /// The entry of the newest snapshot; nil if there is none.
    public let snapshot: Seq?
    package let state: ChainState
    package let root: ContentHash
    /// The images that run, by the facets that name them.
    package let running: [FacetID: [ImageReference]]

    package init(
        header: Header, hash: ContentHash, move: Move? = nil, log: RandomID, binding: EnvironmentBinding,
        bindingSeq: Seq,
        snapshot: Seq?,
        state: ChainState,
        root: ContentHash, running: [FacetID: [ImageReference]]
    ) {
        self.header = header
        self.hash = hash
        self.move = move
        self.log = log
        self.binding = binding
        self.bindingSeq = bindingSeq
        self.snapshot = snapshot
        self.state = state
        self.root = root
        self.running = running
    }

    /// The version of the decoder of each kind in the newest snapshot; nil if there is no snapshot.
    public var decoders: [Kind: String]? { state.decoders }
    /// The resources that the state has.
    public var known: KnownResources {
        KnownResources(
            existing: Set(state.facets.keys.filter { !$0.isDerived }.map(\.resource)),
            routine: resources(at: [true, false].map { Snapshot.reach($0, isRoutine: true) }),
            gone: resources(at: [Snapshot.tombstone(wasSeen: true)]),
            neverSeen: resources(at: [Snapshot.tombstone(wasSeen: false)]))
    }

    /// The resources whose facet `reach` has one of some contents.
    private func resources(at reaches: [JSON]) -> Set<ResourceID> {
        let hashes = reaches.map(ContentHash.init(of:))
        return Set(
            state.facets.filter { $0.key.name == Snapshot.reach && hashes.contains($0.value) }.map(\.key.resource))
    }
}
