import Tidemark

/// The entries of a log as text for people.
package struct LogText: LogWriter {
    /// The entry that was added last.
    private var last: (seq: Seq, olderCount: Int64)?

    package init() {}

    package mutating func add(_ entry: LoggedEntry) throws(Failure) -> String {
        let line = try LogLine(entry)
        var text = TextLines()
        if last != nil { text.add() }
        add(line, to: &text)
        last = (line.entry.header.seq, line.olderCount)
        return text.text
    }

    package mutating func end() -> String {
        guard let (seq, olderCount) = last else { return "" }
        if olderCount == 0 { return seq > .first ? "\nthe entries before \(seq) were removed\n" : "" }
        return "\nand \(olderCount) older \(olderCount == 1 ? "entry" : "entries"): --limit lists more\n"
    }

    private func add(_ line: LogLine, to text: inout TextLines) {
        let header = line.entry.header
        text.add("\(header.seq)  \(header.at.readable)  \(title(of: line))")
        let release = line.body?.release ?? line.note?.release
        text.add("by", release?.by.map { "\($0.printable) (claimed); \(attested(line))" } ?? attested(line))
        text.add("label", line.note?.label?.printable)
        text.add("release", line.note?.release?.label.printable)
        text.add("text", line.note?.text?.printable)
        text.add("late", line.body?.late.map(lateness))
        text.add("commit", release?.commit?.printable)
        text.add("run", release?.url?.printable)
        text.add("note", release?.note?.printable)
        text.add(
            "deployed", line.othersRun ? "other images or digests began to run; 'tidemark releases' names them" : nil)
        text.add("noted", line.comments.map(\.inWords).joinedOrNil)
        if let body = line.body {
            let gaps = line.snapshot?.gaps
            text.add("changed", changes(of: line) ?? (header.kind == .snapshot ? gaps?.noChangesInWords : nil))
            text.add("state", gaps == nil ? "unknown: an entry before it was erased" : nil)
            text.add("unseen", gaps.flatMap { $0.isEmpty ? nil : "\(counted($0.count, "question")) not answered" })
            text.add("failed", body.failures.map(\.sentence).joinedOrNil)
            text.add(Unsettled(body.unsettled))
        }
        text.add("clock", line.secondsAhead.map(clockAhead))
        text.add("entry", line.entry.hash.hexadecimal)
    }

    private func lateness(_ late: SnapshotBody.Late) -> String {
        "observed \(late.time.readable) by \(late.caller.printable), as its file says"
    }

    private func title(of line: LogLine) -> String {
        if let release = line.release { return "release \(release.labelInWords)" }
        if let note = line.note { return "note on \(note.about.seq)" }
        if let move = line.move {
            return move.address.map { "ended: goes on at \($0.printable)" } ?? "ended"
        }
        guard let binding = line.binding else {
            return line.entry.header.kind.rawValue.printable + (line.isErased ? ", erased" : "")
        }
        return "bound to \(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable)) in account "
            + "\(binding.account.printable), \(binding.region.printable)"
    }

    private func attested(_ line: LogLine) -> String { attestation(of: line.entry.header.actor) }

    private func changes(of line: LogLine) -> String? {
        let counts = line.changes.map { "\($0.count) \($0.kind.rawValue.printable)" }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }
}
