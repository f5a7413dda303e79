import Tidemark

/// An entry of kind *snapshot* with its parsed body.
struct SnapshotEntry {
    let entry: Entry
    let body: SnapshotBody

    /// - Throws: `Failure` for an entry of another kind.
    init(_ entry: Entry) throws(Failure) {
        self.entry = entry
        body = try entry.snapshotBody()
    }

    var seq: Seq { entry.header.seq }
    var at: Timestamp { entry.header.at }

    /// When the environment was observed, or recorded at the latest.
    var seenAt: Timestamp { body.late?.time ?? at }

    /// The release that the snapshot itself records.
    var release: RecordedRelease? {
        body.release.map { RecordedRelease(seq: seq, at: at, release: $0, actor: entry.header.actor) }
    }
}
