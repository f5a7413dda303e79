import StrictJSON
import Tidemark

/// The report of `note`: the note that it appended.
public struct NoteReport: Sendable {
    private let recorded: RecordedNote
    private let entry: Entry
    private let release: RecordedRelease?

    /// Creates the report of an appended note.
    /// - Parameter release: The release of the entry that the note is about, as it is known with the note; nil if it has none.
    /// - Throws: `Failure` for an entry of another kind.
    public init(_ entry: Entry, release: RecordedRelease?) throws(Failure) {
        (recorded, self.entry, self.release) = (try RecordedNote(entry), entry, release)
    }

    private var header: Header { entry.header }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add(
            "noted \(header.environment) \(header.seq) on \(recorded.note.about.seq), as of \(header.at.readable)")
        text.add("release", release?.labelInWords)
        text.add("text", recorded.note.text?.printable)
        text.add("by", attestation(of: header.actor))
        text.add("head", entry.reference.description)
        return text.text
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "note", from: Heads([header.environment: entry.reference]),
            [
                "environment": .string(header.environment.rawValue), "seq": .init(header.seq.rawValue),
                "at": .string(header.at.description), "head": entry.hash.json, "actor": JSON(header.actor),
                "note": recorded.note.members, "label": JSON(release?.label),
            ])
    }
}
