/// An entry as a list of entries shows it, with what it has from the snapshots before.
public struct LoggedEntry: Sendable {
    /// The entry.
    public let entry: Entry
    /// The seconds by which a later entry's time is before that of this one: the clock was wrong. Nil if it may have been right.
    public let secondsAhead: Int64?
    /// The number of entries before it in the chain.
    public let olderCount: Int64
    /// The snapshot or checkpoint; nil for an entry of another kind, and where the state is unknown.
    public let snapshot: Snapshot?

    /// The notes about the entry, oldest first.
    public let notes: [RecordedNote]

    /// The part of a snapshot that a list shows.
    public struct Snapshot: Sendable {
        /// The entry's own body.
        public let body: SnapshotBody
        /// The number of questions.
        public let questionCount: Int
        /// The questions that were not answered.
        public let gaps: [Gap]
        /// The hash of the facets.
        public let root: ContentHash

        package init(body: SnapshotBody, questionCount: Int, gaps: [Gap], root: ContentHash) {
            self.body = body
            self.questionCount = questionCount
            self.gaps = gaps
            self.root = root
        }
    }

    /// - Parameter oldest: The oldest entry of the chain.
    package init(
        entry: Entry, secondsAhead: Int64? = nil, oldest: Seq = .first, snapshot: Snapshot? = nil,
        notes: [RecordedNote] = []
    ) {
        self.notes = notes
        olderCount = entry.header.seq.rawValue - oldest.rawValue
        self.entry = entry
        self.secondsAhead = secondsAhead
        self.snapshot = snapshot
    }
}
