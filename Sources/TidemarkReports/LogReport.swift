import Tidemark

/// The report of `log`: the newest entries of an environment, newest first.
public struct LogReport: Sendable {
    private let entries: [LoggedEntry]
    private let environment: EnvironmentName
    private let heads: Heads

    /// Creates the report of entries.
    /// - Parameter entries: The newest entries of a chain, newest first.
    public init(_ entries: [LoggedEntry], of environment: EnvironmentName, from heads: Heads = Heads()) {
        self.entries = entries
        self.environment = environment
        self.heads = heads
    }

    /// The report as text for people.
    /// - Throws: `Failure` if a body cannot be read.
    public var text: String { get throws(Failure) { try written(by: LogText()) } }

    /// The report as a JSON document; the README documents its members.
    /// - Throws: `Failure` if a body cannot be read.
    public var json: String { get throws(Failure) { try written(by: LogJSON(of: environment, from: heads)) } }

    private func written(by writer: some LogWriter) throws(Failure) -> String {
        var (writer, text) = (writer, "")
        for entry in entries { text += try writer.add(entry) }
        return text + writer.end()
    }
}

/// A writer of entries, which are not kept: each call returns the text that is complete by then.
package protocol LogWriter {
    /// - Throws: `Failure` if the entry's body cannot be read.
    mutating func add(_ entry: LoggedEntry) throws(Failure) -> String
    mutating func end() -> String
}

/// An entry with its body, if this version knows its kind.
struct LogLine {
    let entry: Entry
    let secondsAhead: Int64?
    let snapshot: LoggedEntry.Snapshot?
    /// The body of a snapshot or of a checkpoint, whether or not the state at it is known.
    let body: SnapshotBody?
    let binding: EnvironmentBinding?
    /// The release of the entry, with what notes say of it; nil if it has none.
    let release: RecordedRelease?
    /// The body of a note.
    let note: Note?
    /// The notes about the entry, oldest first.
    let notes: [RecordedNote]
    /// The comments among them that its release does not name.
    let comments: [RecordedNote]
    /// The body of an entry that ends the chain.
    let move: Move?
    /// The number of the entries before this one.
    let olderCount: Int64

    init(_ logged: LoggedEntry) throws(Failure) {
        entry = logged.entry
        secondsAhead = logged.secondsAhead
        snapshot = logged.snapshot
        olderCount = logged.olderCount
        let (kind, isErased) = (entry.header.kind, entry.bodyText == nil)
        let isRead = snapshot != nil || !kind.showsState || isErased
        body = isRead ? snapshot?.body : try entry.snapshotBody()
        move = kind == .moved && !isErased ? try entry.moveBody() : nil
        binding = kind == .binding && !isErased ? try entry.bindingBody() : nil
        note = kind == .note && !isErased ? try entry.noteBody() : nil
        notes = logged.notes
        let release = RecordedRelease(
            seq: entry.header.seq, at: entry.header.at, booked: body?.release, actor: entry.header.actor, notes: notes)
        let named = [release?.correction, release?.lateBooking]
        comments = notes.filter { $0.note.text != nil && !named.contains($0) }
        self.release = release
    }

    var isErased: Bool { entry.bodyText == nil }

    /// Whether the snapshot is the first to show some images running, by its hashed header, and no release is booked with it.
    var othersRun: Bool {
        let header = entry.header
        return header.newestRun == header.seq && release == nil && olderCount > 1
    }

    /// The number of changed resources by kind.
    var changes: [(kind: Kind, count: Int)] {
        // A checkpoint repeats everything, and changes nothing.
        let changes = entry.header.kind == .snapshot ? body?.changes : nil
        let changed = Set(changes?.map(\.facet.resource) ?? [])
        return Dictionary(grouping: changed, by: \.kind).map { ($0.key, $0.value.count) }
            .sorted { $0.0.rawValue.precedesByUTF8($1.0.rawValue) }
    }
}
