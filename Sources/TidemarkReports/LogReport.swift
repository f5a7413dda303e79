import StrictJSON
import Tidemark

/// The report of `log`: the newest entries of an environment, newest first.
public struct LogReport: Sendable {
    /// The environment whose entries are listed.
    public let environment: EnvironmentName
    private let lines: [Line]
    /// The number of older entries that are not listed.
    private let olderCount: Int64
    private let heads: Heads

    /// Creates the report of entries.
    /// - Parameter entries: The newest entries of a chain, newest first.
    /// - Throws: `Failure` if a body cannot be read.
    public init(
        _ entries: [LoggedEntry], of environment: EnvironmentName, from heads: Heads = Heads()
    ) throws(Failure) {
        self.heads = heads
        self.environment = environment
        lines = try entries.map { entry throws(Failure) in try Line(entry) }
        olderCount = entries.last?.entry.header.seq.rawValue ?? 0
    }

    /// An entry with its body, if this version knows its kind.
    private struct Line: Sendable {
        let entry: Entry
        let secondsAhead: Int64?
        let snapshot: LoggedEntry.Snapshot?
        let binding: EnvironmentBinding?

        init(_ logged: LoggedEntry) throws(Failure) {
            entry = logged.entry
            secondsAhead = logged.secondsAhead
            snapshot = logged.snapshot
            binding = entry.header.kind == .binding ? try entry.bindingBody() : nil
        }

        /// The number of changed resources by kind.
        var changes: [(kind: Kind, count: Int)] {
            let changed = Set(snapshot?.body.changes.map(\.facet.resource) ?? [])
            return Dictionary(grouping: changed, by: \.kind).map { ($0.key, $0.value.count) }
                .sorted { $0.0.rawValue.precedesByUTF8($1.0.rawValue) }
        }
    }

    // MARK: Text

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        for (index, line) in lines.enumerated() {
            if index > 0 { text.add() }
            add(line, to: &text)
        }
        if olderCount > 0 {
            text.add()
            text.add("and \(olderCount) older \(olderCount == 1 ? "entry" : "entries"): --limit lists more")
        }
        return text.text
    }

    private func add(_ line: Line, to text: inout TextLines) {
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

    private func title(of line: Line) -> String {
        if let snapshot = line.snapshot {
            return snapshot.body.release.map { "release \($0.label.printable)" } ?? "snapshot"
        }
        guard let binding = line.binding else { return line.entry.header.kind.rawValue.printable }
        return "bound to \(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable)) in account "
            + "\(binding.account.printable), \(binding.region.printable)"
    }

    private func attested(_ line: Line) -> String { attestation(of: line.entry.header.actor) }

    private func changes(of line: Line) -> String? {
        let counts = line.changes.map { "\($0.count) \($0.kind.rawValue.printable)" }
        return counts.isEmpty ? nil : counts.joined(separator: ", ")
    }

    // MARK: JSON

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "log", from: heads,
            [
                "environment": .string(environment.rawValue), "entries": .array(lines.map(json)),
                "older": .init(olderCount),
            ])
    }

    private func json(_ line: Line) -> JSON {
        let header = line.entry.header
        var members: JSONObject = [
            "seq": .init(header.seq.rawValue), "at": .string(header.at.description),
            "kind": .string(header.kind.rawValue), "attested": JSON(header.actor), "hash": line.entry.hash.json,
            "binding": line.binding?.json ?? .null, "release": line.snapshot?.body.release?.json ?? .null,
        ]
        members["secondsAhead"] = line.secondsAhead.map { .init($0) } ?? .null
        guard let snapshot = line.snapshot else { return .object(members) }
        let body = snapshot.body
        members["changed"] = .object(JSONObject(line.changes.map { ($0.kind.rawValue, .init($0.count)) }))
        members["coverage"] = JSONReport.coverage(snapshot.questionCount, snapshot.gaps)
        members["failures"] = JSON(body.failures.map(\.sentence))
        members["failureCodes"] = .array(body.failures.map(\.json))
        members["unsettled"] = JSON(body.unsettled.map(\.sentence))
        members["unsettledCodes"] = .array(body.unsettled.map(\.json))
        members["root"] = snapshot.root.json
        return .object(members)
    }
}
