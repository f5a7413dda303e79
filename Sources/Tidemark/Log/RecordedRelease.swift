import StrictJSON

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

    /// The release as a checkpoint repeats it.
    var json: JSON {
        [
            "seq": .init(seq.rawValue), "at": .string(at.description), "actor": JSON(actor), "release": release.json,
        ]
    }

    init?(json: JSON) {
        guard let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init),
            let release = json["release"].flatMap(Release.init(json:))
        else { return nil }
        self.init(seq: Seq(rawValue: seq), at: at, release: release, actor: json["actor"]?.string)
    }
}

extension Snapshot {
    /// The release that the snapshot itself records.
    public var recordedRelease: RecordedRelease? {
        body.release.map { RecordedRelease(seq: seq, at: at, release: $0, actor: actor) }
    }
}
