import GRDB
import Tidemark

extension History {
    /// Every deployment under a label, oldest first; in one environment, or in all.
    public func deployments(
        of label: String, in environment: EnvironmentName? = nil
    ) throws(Failure) -> [Deployment] {
        try read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: Embedded.deployments),
                arguments: ["label": label, "environment": environment?.rawValue]
            ).map(Deployment.init)
        }
    }
}

extension History {
    /// That there is no such release, and which there are.
    public func noRelease(_ label: String, in environment: EnvironmentName? = nil) throws(Failure) -> Failure {
        let labels = try read { database in
            try String.fetchAll(
                database.cachedStatement(sql: Embedded.releaseLabels),
                arguments: ["environment": environment?.rawValue])
        }
        return Failure(
            .notFound, "no release '\(label.printable)' of \(environment.map { "'\($0)'" } ?? "any environment")",
            why: labels.isEmpty
                ? "none was recorded" : "the newest are \(labels.map(\.printable).joined(separator: ", "))",
            remedy: labels.isEmpty ? "record deploys with 'record --release'" : "name one that was recorded")
    }
}

extension Deployment {
    fileprivate init(_ row: Row) throws {
        guard let at = Timestamp(row["at"] as String), let hash = ContentHash(hexadecimal: row["hash"]) else {
            throw Failure(.history, "a deployment cannot be read", remedy: "restore the history from a copy")
        }
        self.init(
            environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]), at: at, entry: hash,
            release: try Release(
                label: row["label"], by: row["claimed_by"], commit: row["commit"], url: row["url"], note: row["note"]),
            actor: row["actor"], replaced: row["replaced"], replacedBy: row["replaced_by"])
    }
}
