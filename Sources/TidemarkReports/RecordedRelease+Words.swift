import StrictJSON
import Tidemark

extension RecordedRelease {
    /// The label as it is known now, and in brackets what the log had before:
    /// `v15 [recorded as v51, corrected @40: typo]`, `v17 [booked late @41]`.
    var labelInWords: String {
        let parts = [
            correction.map { _ in "recorded as \(release.label.printable)" },
            correction.map { "corrected \($0.inWords)" }, lateBooking.map { "booked late \($0.inWords)" },
        ].compactMap(\.self)
        return label.printable + (parts.isEmpty ? "" : " [\(parts.joined(separator: ", "))]")
    }
}

extension RecordedNote {
    /// The entry, and the comment in one line: `@40: typo`.
    var inWords: String {
        let text = note.text?.split(whereSeparator: \.isNewline).joined(separator: " ").printable
        return "\(seq)\(text.map { ": \($0)" } ?? "")"
    }

    /// `seq`, `at`, `attested`, and what the note says.
    var json: JSON {
        var members: JSONObject = [
            "seq": .init(seq.rawValue), "at": .string(at.description), "attested": JSON(actor),
        ]
        for (name, value) in note.members.object?.members ?? [] where name != "about" { members[name] = value }
        return .object(members)
    }
}

extension Note {
    /// `about`, and `text`, `label` and `release` with what the note says or null.
    var members: JSON {
        [
            "about": .init(about.seq.rawValue), "text": JSON(text), "label": JSON(label),
            "release": release?.json ?? .null,
        ]
    }
}
