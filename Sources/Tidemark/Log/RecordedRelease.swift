/// A release as the log has it: what was claimed, and who recorded it.
public struct RecordedRelease: Sendable, Hashable {
    public let seq: Seq
    public let at: Timestamp
    public let release: Release
    /// The caller who recorded it, as AWS attests it.
    public let actor: String

    public init(seq: Seq, at: Timestamp, release: Release, actor: String) {
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
