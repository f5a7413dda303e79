/// A release in the log: what was claimed, and who recorded it.
public struct RecordedRelease: Sendable, Hashable {
    /// The entry that records it.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The release, as its recorder claims it.
    public let release: Release
    /// The ARN of the caller who recorded it, attested by AWS; nil if nobody attested it.
    public let actor: String?

    package init(seq: Seq, at: Timestamp, release: Release, actor: String?) {
        self.seq = seq
        self.at = at
        self.release = release
        self.actor = actor
    }
}

extension Snapshot {
    /// The release that the snapshot itself records.
    public var recordedRelease: RecordedRelease? {
        body.release.map { RecordedRelease(seq: seq, at: at, release: $0, actor: actor) }
    }
}
