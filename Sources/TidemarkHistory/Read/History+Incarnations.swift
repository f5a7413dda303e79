import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The incarnations of the resources of an environment.
    /// - Throws: `Failure` for a damaged history.
    public func incarnations(of environment: EnvironmentName) throws(Failure) -> IncarnationHistory {
        try readIndexed(of: [environment]) { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.incarnations),
                arguments: ["environment": environment.rawValue])
            var stretches: [ResourceID: [IncarnationHistory.Stretch]] = [:]
            while let row = try rows.next() {
                let resource = ResourceID(Kind(rawValue: row["kind"]), row["identity"])
                stretches[resource, default: []].append(
                    IncarnationHistory.Stretch(
                        since: Seq(rawValue: row["seq"]),
                        value: row["isGone"] ? JSON?.none : try JSON(parsing: row.contentBytes())))
            }
            let bindings = try Int64.fetchAll(
                database.cachedStatement(sql: Embedded.bindings), arguments: ["environment": environment.rawValue])
            return IncarnationHistory(stretches, bindings: bindings.map(Seq.init(rawValue:)))
        }
    }
}
