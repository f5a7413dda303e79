import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Every deployment under a label, oldest first; in one environment, or in all.
    public func deployments(
        of label: String, in environment: EnvironmentName? = nil
    ) throws(Failure) -> [Deployment] {
        try read { database in
            let deployments = try Row.fetchAll(
                database.cachedStatement(sql: Embedded.deployments),
                arguments: ["label": label, "environment": environment?.rawValue]
            ).map(Deployment.init)
            // A label that was altered in the index leads to another release's entry.
            return deployments.filter { $0.release.label.isIdenticalText(to: label) }
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
    /// What the entry itself says; the index only found it.
    fileprivate init(_ row: Row) throws {
        let entry = try row.entry()
        let body = try entry.snapshotBody()
        guard let release = body.release else {
            throw Failure(
                .history, "the index of the history is damaged",
                why: "it has a release at \(entry.header.seq) that was not recorded",
                remedy: "restore the history from a copy")
        }
        self.init(
            environment: entry.header.environment, seq: entry.header.seq, at: entry.header.at, entry: entry.hash,
            release: release, actor: entry.header.actor, unsettled: body.unsettled, failures: body.failures,
            replaced: row["replaced"], replacedBy: row["replaced_by"])
    }
}
