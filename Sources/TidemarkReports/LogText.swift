import Tidemark

/// The entries of a log as text for people.
package struct LogText: LogWriter {
    /// The number of entries before the last one that was added.
    private var olderCount: Int64?

    package init() {}

    package mutating func add(_ entry: LoggedEntry) throws(Failure) -> String {
        let line = try LogLine(entry)
        var text = TextLines()
        if olderCount != nil { text.add() }
        add(line, to: &text)
        olderCount = line.olderCount
        return text.text
    }

    package mutating func end() -> String {
        guard let olderCount, olderCount > 0 else { return "" }
        return "\nand \(olderCount) older \(olderCount == 1 ? "entry" : "entries"): --limit lists more\n"
    }

    private func add(_ line: LogLine, to text: inout TextLines) {
        let header = line.entry.header
        text.add("\(header.seq)  \(header.at.readable)  \(title(of: line))")
        let release = line.snapshot?.body.release
        text.add("by", release?.by.map { "\($0.printable) (claimed); \(attested(line))" } ?? attested(line))
        text.add("commit", release?.commit?.printable)
        text.add("run", release?.url?.printable)
        text.add("note", release?.note?.printable)
        if let snapshot = line.snapshot {
            let gaps = snapshot.gaps
            text.add("changed", changes(of: line) ?? gaps.noChangesInWords)
            text.add("unseen", gaps.isEmpty ? nil : "\(counted(gaps.count, "question")) not answered")
            text.add("failed", snapshot.body.failures.map(\.sentence).joinedOrNil)
            text.add(Unsettled(snapshot.body.unsettled))
        }
        text.add("clock", line.secondsAhead.map(clockAhead))
        text.add("entry", line.entry.hash.hexadecimal)
    }

    private func title(of line: LogLine) -> String {
        if let snapshot = line.snapshot {
            return snapshot.body.release.map { "release \($0.label.printable)" } ?? "snapshot"
        }
        guard let binding = line.binding else { return line.entry.header.kind.rawValue.printable }
        return "bound to \(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable)) in account "
            + "\(binding.account.printable), \(binding.region.printable)"
    }

    private func attested(_ line: LogLine) -> String { attestation(of: line.entry.header.actor) }

    private func changes(of line: LogLine) -> String? {
        let counts = line.changes.map { "\($0.count) \($0.kind.rawValue.printable)" }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }
}
