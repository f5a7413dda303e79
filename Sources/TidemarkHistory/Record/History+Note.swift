import GRDB
import Tidemark

extension History {
    /// Appends a note on an entry to a history in a file.
    ///
    /// Recorders of the environment on this machine finish first.
    ///
    ///     try await History.note(
    ///         at: "tidemark.sqlite", images: KindRegistry.all.images, on: Seq(rawValue: 25),
    ///         of: EnvironmentName("antenna-production"), "typo, was v15", .label("v15"), caller: nil,
    ///         time: { (Timestamp.now, .machine) })
    ///
    /// - Parameters:
    ///   - path: The history's file.
    ///   - images: How images are found in descriptions: the registry's `images`.
    ///   - text: A comment.
    ///   - correction: What is known now of the entry's release; nil for a comment alone.
    ///   - caller: The ARN of the caller, attested by AWS; nil if nobody attested it.
    ///   - time: When the note is appended, and by which clock.
    /// - Returns: The entry of the note.
    /// - Throws: `Failure`, like `note(on:of:_:_:)`, and with the code `mismatch` for a history that has ended;
    ///   `CancellationError`.
    public static func note(
        at path: String, images: ImageIndex, on seq: Seq, of environment: EnvironmentName, _ text: String?,
        _ correction: Note.Correction? = nil, caller: String?, time: () -> (at: Timestamp, clock: EntryClock)
    ) async throws -> Entry {
        try await note(
            in: FileStore(path: path, images: images, clock: .system), lockedAt: path, images: images, on: seq,
            of: environment, text, correction, caller: caller, time: time)
    }

    /// Appends a note to any store.
    /// - Parameter path: The file that has the entries of the store, and beside which recorders on this machine lock.
    package static func note(
        in store: some EntryStore, lockedAt path: String, images: ImageIndex, on seq: Seq,
        of environment: EnvironmentName, _ text: String?, _ correction: Note.Correction?, caller: String?,
        attempt: RandomID = RandomID(), time: () -> (at: Timestamp, clock: EntryClock)
    ) async throws -> Entry {
        try await locked(at: path, environment) {
            try await store.append(noteIn: environment, caller: caller, attempt: attempt, time: time) {
                try History.open(readingAt: path, images: images).note(on: seq, of: environment, text, correction)
            }
        }
    }

    /// Makes a note on an entry, without appending it.
    /// - Throws: `Failure` with the code `notFound` for an entry that the chain does not have or that was erased, and `invalid` for
    ///   a label of an entry without a release, for a release of an entry that has one or shows no state, and as `Note.init`.
    package func note(
        on seq: Seq, of environment: EnvironmentName, _ text: String?, _ correction: Note.Correction?
    ) throws(Failure) -> Note {
        let (entry, release) = try read { database in
            let entry = try database.notable(seq, in: environment)
            return (entry, try ReleaseReader(of: environment, in: database).release(at: seq))
        }
        switch (correction, release) {
        case (.label?, nil):
            throw Failure(
                .invalid, "the label of \(seq) cannot be corrected", why: "no release is booked there",
                remedy: .bookLate)
        case (.label(let label)?, let release?) where release.label.isIdenticalText(to: label):
            throw Failure(.invalid, "the release of \(seq) is '\(label.printable)' already")
        case (.release?, let release?):
            throw Failure(
                .invalid, "no release can be booked for \(seq)", why: "it has release '\(release.label.printable)'",
                remedy: .correctLabel)
        case (.release?, nil) where entry.header.kind != .snapshot:
            throw Failure(
                .invalid, "no release can be booked for \(seq)",
                why: "it is a \(entry.header.kind.rawValue.printable), and only a snapshot shows what runs",
                remedy: .readNewest)
        default: return try Note(about: entry.reference, text: text, correction: correction)
        }
    }
}

extension Database {
    /// The entry that a note can be about.
    fileprivate func notable(_ seq: Seq, in environment: EnvironmentName) throws -> Entry {
        func failure(_ why: String) -> Failure {
            Failure(.notFound, "no note can be on \(seq) of '\(environment)'", why: why, remedy: .readNewest)
        }
        guard let last = try last(of: environment) else {
            throw Failure(.notFound, "there is no history of '\(environment)'", remedy: .recordFirst)
        }
        guard seq <= last.header.seq else { throw failure("the newest entry is \(last.header.seq)") }
        guard let entry = try keptEntry(of: environment, at: seq) else { throw failure("it was removed") }
        guard entry.bodyText != nil else { throw failure("it was erased") }
        return entry
    }
}
