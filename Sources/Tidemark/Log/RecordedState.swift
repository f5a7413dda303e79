/// One recorded state of an environment.
public struct RecordedState: Sendable {
    /// The snapshot's entry.
    public let entry: DatedEntry
    /// The snapshot; nil for a state that is the same as the one visited before.
    public let snapshot: Snapshot?
    /// The newest release at the entry; nil if none was recorded by then.
    public let release: RecordedRelease?

    /// Creates a state.
    public init(entry: DatedEntry, snapshot: Snapshot?, release: RecordedRelease?) {
        self.entry = entry
        self.snapshot = snapshot
        self.release = release
    }
}
