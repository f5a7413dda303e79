import StrictJSON
import Tidemark

/// The entries of a log as a JSON document.
package struct LogJSON: LogWriter {
    private let environment: EnvironmentName
    private let heads: Heads
    private var olderCount: Int64?

    package init(of environment: EnvironmentName, from heads: Heads) {
        self.environment = environment
        self.heads = heads
    }

    package mutating func add(_ entry: LoggedEntry) throws(Failure) -> String {
        let line = try LogLine(entry)
        let start = olderCount == nil ? document.begin : ","
        olderCount = line.olderCount
        return start + "\n" + json(line).pretty(indentedBy: 4)
    }

    package mutating func end() -> String {
        guard olderCount != nil else { return document.begin + document.end }
        return "\n  " + document.end
    }

    /// The document before and after its entries.
    private var document: (begin: String, end: String) {
        let whole = JSONReport.document(
            "log", from: heads,
            ["environment": .string(environment.rawValue), "entries": [], "older": .init(olderCount ?? 0)])
        let entries = "\"entries\": ["
        guard let start = whole.firstRange(of: entries) else { return (whole, "") }
        return (String(whole[..<start.upperBound]), String(whole[start.upperBound...]))
    }

    private func json(_ line: LogLine) -> JSON {
        let header = line.entry.header
        var members: JSONObject = [
            "seq": .init(header.seq.rawValue), "at": .string(header.at.description),
            "kind": .string(header.kind.rawValue), "attested": JSON(header.actor), "hash": line.entry.hash.json,
            "binding": line.binding?.json ?? .null, "release": line.body?.release?.reported ?? .null,
        ]
        members["secondsAhead"] = line.secondsAhead.map { .init($0) } ?? .null
        members["label"] = JSON(line.release?.label)
        members["note"] = line.note?.members
        members["notes"] = line.notes.isEmpty ? nil : .array(line.notes.map(\.json))
        members["moved"] = line.move?.json
        if line.isErased { members["erased"] = true }
        guard let body = line.body else { return .object(members) }
        members["late"] = body.late?.json
        members["othersRun"] = line.othersRun ? true : nil
        members["changed"] = .object(JSONObject(line.changes.map { ($0.kind.rawValue, .init($0.count)) }))
        members["coverage"] = line.snapshot.map { JSONReport.coverage($0.questionCount, $0.gaps) } ?? .null
        members["failures"] = JSON(body.failures.map(\.sentence))
        members["failureCodes"] = .array(body.failures.map(\.json))
        members["unsettled"] = JSON(body.unsettled.map(\.sentence))
        members["unsettledCodes"] = .array(body.unsettled.map(\.json))
        members["root"] = line.snapshot?.root.json ?? .null
        return .object(members)
    }
}
