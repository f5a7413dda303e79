import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The incarnations of the resources of an environment.
    /// - Throws: `Failure` for a damaged history.
    public func incarnations(of environment: EnvironmentName) throws(Failure) -> IncarnationHistory {
        try read { database in
            try database.verify("versions", of: environment, Embedded.incarnationsDiffer)
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.incarnations),
                arguments: ["environment": environment.rawValue])
            var stretches: [ResourceID: [IncarnationHistory.Stretch]] = [:]
            while let row = try rows.next() {
                let resource = ResourceID(Kind(rawValue: row["kind"]), row["identity"])
                stretches[resource, default: []].append(
                    IncarnationHistory.Stretch(
                        since: Seq(rawValue: row["seq"]), value: row["isGone"] ? JSON?.none : try row.content()))
            }
            let bindings = try Int64.fetchAll(
                database.cachedStatement(sql: Embedded.bindings), arguments: ["environment": environment.rawValue])
            return IncarnationHistory(stretches, bindings: bindings.map(Seq.init(rawValue:)))
        }
    }
}
