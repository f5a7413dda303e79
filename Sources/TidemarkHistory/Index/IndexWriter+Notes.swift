import GRDB
import Tidemark

extension IndexWriter {
    func add(_ note: Note, at seq: Seq) throws {
        let release = note.release
        try database.run(
            Embedded.insertNote,
            [
                "environment": environment, "seq": seq.rawValue, "about": note.about.seq.rawValue, "text": note.text,
                "label": note.label, "release": release?.label, "claimed_by": release?.by, "commit": release?.commit,
                "url": release?.url,
            ])
    }
}

extension ExpectedRows {
    mutating func add(_ note: Note, at seq: Seq) {
        let release = note.release
        add(
            .note, .integer(seq.rawValue), .integer(note.about.seq.rawValue), .text(note.text), .text(note.label),
            .text(release?.label), .text(release?.by), .text(release?.commit), .text(release?.url))
    }
}
