import GRDB
import StrictJSON
import Tidemark

extension History {
    /// What rules read beside a snapshot of an environment.
    /// - Throws: `Failure` for a damaged history.
    public func earlierEntries(of environment: EnvironmentName) throws(Failure) -> EarlierEntries {
        try readIndexed(of: [environment]) { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.incarnations),
                arguments: ["environment": environment.rawValue])
            var stretches: [ResourceID: [EarlierEntries.Stretch]] = [:]
            while let row = try rows.next() {
                let resource = ResourceID(Kind(rawValue: row["kind"]), row["identity"])
                stretches[resource, default: []].append(
                    EarlierEntries.Stretch(
                        since: Seq(rawValue: row["seq"]),
                        value: row["isGone"] ? JSON?.none : try JSON(parsing: row.contentBytes())))
            }
            let bindings = try Int64.fetchAll(
                database.cachedStatement(sql: Embedded.bindings), arguments: ["environment": environment.rawValue])
            return EarlierEntries(
                stretches, bindings: bindings.map(Seq.init(rawValue:)),
                unrecorded: try database.unrecordedDeployments(of: environment, images))
        }
    }
}

extension Database {
    /// The deployments that no release books, the earliest first.
    fileprivate func unrecordedDeployments(
        of environment: EnvironmentName, _ images: ImageIndex
    ) throws -> [UnrecordedDeployment] {
        let seqs = try Int64.fetchAll(
            cachedStatement(sql: Embedded.unrecordedDeployments), arguments: ["environment": environment.rawValue])
        guard !seqs.isEmpty, let reader = try DeploymentReader(of: environment, in: self, images) else { return [] }
        return try seqs.map(Seq.init(rawValue:)).compactMap { seq in
            guard let row = try reader.row(at: seq), let after = row.after else { return nil }
            return UnrecordedDeployment(
                since: seq, until: try reader.row(after: seq)?.seq,
                bracket: (try time(of: environment, at: after), try time(of: environment, at: seq)),
                change: try reader.change(of: row))
        }
    }
}
