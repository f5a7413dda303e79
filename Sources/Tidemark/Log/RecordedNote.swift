import StrictJSON

/// A note in the log: what it says, and who appended it.
public struct RecordedNote: Sendable, Hashable {
    /// The entry of the note.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The ARN of the caller who appended it, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// What the note says.
    public let note: Note

    package init(seq: Seq, at: Timestamp, actor: String?, note: Note) {
        self.seq = seq
        self.at = at
        self.actor = actor
        self.note = note
    }

    /// The note in an entry of kind *note*.
    /// - Throws: `Failure` for an entry without such a body.
    package init(_ entry: Entry) throws(Failure) {
        self.init(
            seq: entry.header.seq, at: entry.header.at, actor: entry.header.actor, note: try entry.noteBody())
    }

    /// The note as a checkpoint repeats it.
    var json: JSON {
        [
            "seq": .init(seq.rawValue), "at": .string(at.description), "actor": JSON(actor), "note": note.json,
        ]
    }

    init?(json: JSON) {
        guard let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init),
            let note = json["note"].flatMap(Note.init(json:))
        else { return nil }
        self.init(seq: Seq(rawValue: seq), at: at, actor: json["actor"]?.string, note: note)
    }
}
