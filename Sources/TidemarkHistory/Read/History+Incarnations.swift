import GRDB
import Tidemark

extension History {
    /// The incarnations of resources under the binding that is in force at an entry, up to that entry.
    /// - Parameter seq: The entry; nil for the newest.
    /// - Throws: `Failure` for a damaged history.
    public func incarnations(
        of environment: EnvironmentName, upTo seq: Seq? = nil
    ) throws(Failure) -> IncarnationHistory {
        try read { database in
            try database.verify("versions", of: environment, Embedded.incarnationsDiffer)
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.incarnations),
                arguments: ["environment": environment.rawValue, "seq": seq?.rawValue ?? Int64.max])
            var stretches: [ResourceID: [IncarnationHistory.Stretch]] = [:]
            while let row = try rows.next() {
                let resource = ResourceID(Kind(rawValue: row["kind"]), row["identity"])
                stretches[resource, default: []].append(
                    IncarnationHistory.Stretch(since: Seq(rawValue: row["seq"]), value: try row.content()))
            }
            return IncarnationHistory(stretches)
        }
    }
}
