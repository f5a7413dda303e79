import StrictJSON

/// A release in the log: what was claimed, who booked it, and what later notes say of it.
public struct RecordedRelease: Sendable, Hashable {
    /// The entry that shows what the release deployed.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The release as it was booked.
    public let release: Release
    /// The ARN of the caller who booked it, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// The note that books it; nil if its own entry does.
    public let lateBooking: RecordedNote?
    /// The newest note that gives it another label than it was booked with; nil if there is none.
    public let correction: RecordedNote?

    /// The release of an entry; nil if neither the entry nor a note books one.
    /// - Parameters:
    ///   - booked: The release that the entry books; nil if it books none.
    ///   - actor: The ARN of the caller who recorded the entry, attested by AWS; nil if nobody attested it.
    ///   - notes: The notes about the entry, oldest first.
    package init?(seq: Seq, at: Timestamp, booked: Release?, actor: String?, notes: [RecordedNote]) {
        if let booked {
            self.init(seq: seq, at: at, release: booked, actor: actor, notes: notes)
        } else {
            self.init(bookedLateAt: seq, at: at, notes: notes)
        }
    }

    /// A release that its own entry books.
    /// - Parameter notes: The notes about that entry, oldest first.
    package init(seq: Seq, at: Timestamp, release: Release, actor: String?, notes: [RecordedNote] = []) {
        self.init(seq: seq, at: at, release: release, actor: actor, lateBooking: nil, notes: notes)
    }

    /// A release that a note books; nil if none of the notes does.
    /// - Parameters:
    ///   - seq: The entry that shows what it deployed.
    ///   - at: When that entry was appended.
    ///   - notes: The notes about that entry, oldest first.
    package init?(bookedLateAt seq: Seq, at: Timestamp, notes: [RecordedNote]) {
        guard let index = notes.lastIndex(where: { $0.note.release != nil }), let release = notes[index].note.release
        else { return nil }
        self.init(
            seq: seq, at: at, release: release, actor: notes[index].actor, lateBooking: notes[index],
            notes: Array(notes[(index + 1)...]))
    }

    private init(
        seq: Seq, at: Timestamp, release: Release, actor: String?, lateBooking: RecordedNote?, notes: [RecordedNote]
    ) {
        self.seq = seq
        self.at = at
        self.release = release
        self.actor = actor
        self.lateBooking = lateBooking
        let newest = notes.last { $0.note.label != nil }
        correction = newest?.note.label?.isIdenticalText(to: release.label) == true ? nil : newest
    }

    /// The label as it is known now.
    public var label: String { correction?.note.label ?? release.label }

    /// Whether the release has a label, or was booked with it.
    public func isNamed(_ label: String) -> Bool {
        self.label.isIdenticalText(to: label) || release.label.isIdenticalText(to: label)
    }

    /// The release as a checkpoint repeats it.
    var json: JSON {
        [
            "seq": .init(seq.rawValue), "at": .string(at.description), "actor": JSON(actor), "release": release.json,
        ]
    }

    /// The release that a checkpoint repeats.
    /// - Parameter notes: The notes about its entry, oldest first.
    init?(json: JSON, notes: [RecordedNote] = []) {
        guard let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init),
            let release = json["release"].flatMap(Release.init(json:))
        else { return nil }
        self.init(seq: Seq(rawValue: seq), at: at, release: release, actor: json["actor"]?.string, notes: notes)
    }
}

extension Snapshot {
    /// The release of the snapshot, with what notes say of it; nil if it has none.
    public var recordedRelease: RecordedRelease? {
        RecordedRelease(seq: seq, at: at, booked: body.release, actor: actor, notes: notes)
    }
}
