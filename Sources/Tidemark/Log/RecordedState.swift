/// One state of an environment, as its log has it.
public struct RecordedState: Sendable {
    /// The snapshot's entry.
    public let entry: DatedEntry
    /// Nil for a state that shows all that the one visited before it did.
    public let snapshot: Snapshot?
    /// The newest release at the entry; nil where none was recorded by then.
    public let release: RecordedRelease?

    public init(entry: DatedEntry, snapshot: Snapshot?, release: RecordedRelease?) {
        self.entry = entry
        self.snapshot = snapshot
        self.release = release
    }
}
