/// A snapshot that was just appended.
public struct AppendedSnapshot: Sendable {
    /// The entry that records it.
    public let entry: Entry
    /// What the snapshot says beside its facets.
    public let body: SnapshotRecord
    /// The facets that differ from the snapshot before.
    public let changes: [SnapshotBody.Change]
    /// The observation that it records.
    public let observation: EnvironmentObservation
    /// The locations of rotated secrets.
    public let rotated: [Fingerprint.Location]
    /// The number of resources that exist, including those that are as last seen.
    public let resourceCount: Int
    /// Whether a binding was appended with it.
    public let isNewlyBound: Bool
    /// The snapshot before, if its fingerprints cannot be compared with those of this one: no key, or another key.
    public let uncomparedSecrets: Seq?

    package init(
        entry: Entry, body: SnapshotRecord, changes: [SnapshotBody.Change] = [], observation: EnvironmentObservation,
        rotated: [Fingerprint.Location] = [], resourceCount: Int, isNewlyBound: Bool, uncomparedSecrets: Seq? = nil
    ) {
        self.entry = entry
        self.body = body
        self.changes = changes
        self.observation = observation
        self.rotated = rotated
        self.resourceCount = resourceCount
        self.isNewlyBound = isNewlyBound
        self.uncomparedSecrets = uncomparedSecrets
    }

    /// A proposal that was adopted at the end of a chain; nil for a new chain.
    /// - Parameter isNewlyBound: Whether a binding was appended with it; nil if that is the proposal's.
    package init(_ proposal: Proposal, after head: ChainHead?, isNewlyBound: Bool? = nil) {
        let (delta, observation) = (proposal.delta, proposal.recording.observation)
        let root = if case .changed(let root?) = delta.body.root { root } else { head?.root }
        self.init(
            entry: proposal.snapshot,
            body: SnapshotRecord(observation, root: root ?? Root.hash(of: [:]), release: proposal.recording.release),
            changes: delta.body.changes, observation: observation, rotated: delta.rotated,
            resourceCount: delta.state.facets.keys.count { $0.name == Snapshot.description },
            isNewlyBound: isNewlyBound ?? proposal.bindsAnew,
            uncomparedSecrets: head?.state.keyID.flatMap { $0 == observation.keyID ? nil : head?.snapshot })
    }
}
