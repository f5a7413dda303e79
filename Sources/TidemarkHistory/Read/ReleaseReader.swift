import GRDB
import Tidemark

/// Reads the releases of one environment along its chain, with what notes say of them: what is known now of then.
struct ReleaseReader {
    private let database: Database
    private let environment: EnvironmentName
    /// The notes by the entries that they are about, each oldest first.
    private let notes: [Seq: [RecordedNote]]
    /// The entries whose release a note books, in their order.
    private let bookedLate: [Seq]

    init(of environment: EnvironmentName, in database: Database) throws {
        self.database = database
        self.environment = environment
        notes = Dictionary(grouping: try database.notes(of: environment), by: \.note.about.seq)
        bookedLate = notes.filter { $0.value.contains { $0.note.release != nil } }.keys.sorted()
    }

    /// Every release, oldest first, but for those that were removed or erased and that no checkpoint repeats.
    ///
    /// Each entry names the newest one with a release, and the newest note: none can be missing from the list.
    func all() throws -> [RecordedRelease] {
        var releases = try bookedLate.compactMap { try release(at: $0) }
        let late = Set(bookedLate)
        var newest = try database.last(of: environment)?.header.newestRelease
        while let seq = newest {
            if !late.contains(seq), let release = try release(at: seq) { releases.append(release) }
            guard try database.keptEntry(of: environment, at: seq) != nil else { break }
            newest = seq == .first ? nil : try database.entry(of: environment, at: seq.previous).header.newestRelease
            guard newest.map({ $0 < seq }) ?? true else { throw Failure.brokenChain(of: environment, at: seq) }
        }
        return releases.sorted { $0.seq < $1.seq }
    }

    /// The newest release at or before an entry; nil if there is none.
    func newest(upTo seq: Seq) throws -> RecordedRelease? {
        guard let last = try database.last(of: environment) else { return nil }
        let entry = try seq < last.header.seq ? database.entry(of: environment, at: seq) : last
        return try newest(at: entry.header).flatMap { try release(at: $0) }
    }

    /// The entry of the newest release at an entry, be it erased or not; nil if there is none.
    func newest(at header: Header) -> Seq? {
        [header.newestRelease, bookedLate.last { $0 <= header.seq }].compactMap(\.self).max()
    }

    /// The entry of the first release after an entry, be it erased or not; nil if there is none.
    func next(after seq: Seq) throws -> Seq? {
        [try database.nextBooking(of: environment, after: seq), bookedLate.first { $0 > seq }].compactMap(\.self).min()
    }

    /// The release of an entry: the one that it books, or that the next checkpoint repeats because it was removed or erased, or
    /// that a note books. Nil if there is none.
    func release(at seq: Seq) throws -> RecordedRelease? {
        let (entry, notes) = (try database.keptEntry(of: environment, at: seq), notes[seq] ?? [])
        if let own = try database.booking(of: environment, at: seq, in: entry) {
            return RecordedRelease(seq: seq, at: own.at, release: own.release, actor: own.actor, notes: notes)
        }
        // The time of an entry that was removed is known from the note alone.
        return notes.last.flatMap { RecordedRelease(bookedLateAt: seq, at: entry?.header.at ?? $0.at, notes: notes) }
    }

    /// The notes about an entry, oldest first.
    func notes(about seq: Seq) -> [RecordedNote] { notes[seq] ?? [] }
}

extension History {
    /// Every release of an environment, oldest first, with what notes say of it.
    ///
    /// Releases whose entry was removed or erased are missing, unless a checkpoint repeats them: `missingEntries(of:)`.
    /// - Throws: `Failure` for a damaged history.
    public func releases(of environment: EnvironmentName) throws(Failure) -> [RecordedRelease] {
        try read { try ReleaseReader(of: environment, in: $0).all() }
    }
}
