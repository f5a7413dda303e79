import GRDB
import Tidemark

extension History {
    /// Every note of an environment, oldest first, but for those that were erased and that no checkpoint repeats.
    ///
    /// Each entry names the newest note, so that none can be missing.
    /// - Throws: `Failure` for a damaged history.
    public func notes(of environment: EnvironmentName) throws(Failure) -> [RecordedNote] {
        try read { try $0.notes(of: environment) }
    }
}

extension Database {
    /// Every note of an environment, oldest first, but for those that were erased and that no checkpoint repeats.
    func notes(of environment: EnvironmentName) throws -> [RecordedNote] {
        var notes: [RecordedNote] = []
        var newest = try last(of: environment)?.header.newestNote
        while let seq = newest {
            guard let entry = try keptEntry(of: environment, at: seq) else {
                notes += try first(of: environment).notesBefore().reversed()
                break
            }
            if let note = try note(in: entry) { notes.append(note) }
            newest = seq == .first ? nil : try self.entry(of: environment, at: seq.previous).header.newestNote
            guard newest.map({ $0 < seq }) ?? true else { throw Failure.brokenChain(of: environment, at: seq) }
        }
        return notes.reversed()
    }

    /// The note in an entry, or that the next checkpoint repeats because the entry was erased.
    private func note(in entry: Entry) throws -> RecordedNote? {
        let (environment, seq) = (entry.header.environment, entry.header.seq)
        guard entry.bodyText != nil else {
            return try checkpoint(of: environment, after: seq)?.notesBefore().first { $0.seq == seq }
        }
        let note = try RecordedNote(entry)
        let about = note.note.about
        let isKept =
            try about.seq < seq && keptEntry(of: environment, at: about.seq).map { $0.hash == about.hash } ?? true
        guard about.seq < seq, isKept else {
            throw Failure.damaged(
                "entry \(seq) of '\(environment)' is damaged",
                why: "it is about \(about), which the history does not have")
        }
        return note
    }
}
