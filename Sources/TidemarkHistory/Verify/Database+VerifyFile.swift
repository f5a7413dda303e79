import GRDB
import Tidemark

extension Database {
    /// Verifies everything in a history of the current version: pages, chains, contents, states and every table of the index.
    ///
    /// Reads the whole file.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verify(_ images: ImageIndex, path: String) throws {
        _ = try Schema.check(self, path: path)
        try verifyIndex(images)
        try verifyReferences()
        try verifyContents()
        for environment in try environments() { try verifyStates(of: environment) }
    }

    /// Finds rows whose foreign key matches no row.
    private func verifyReferences() throws {
        guard let row = try Row.fetchOne(self, sql: "PRAGMA foreign_key_check") else { return }
        throw Failure.damaged(
            "the index of the history is damaged",
            why: "a row of its table '\(row["table"] as String)' refers to a row that does not exist")
    }

    private func verifyContents() throws {
        let rows = try Row.fetchCursor(self, sql: Embedded.contents)
        while let row = try rows.next() { _ = try row.contentBytes() }
    }

    /// Compares the state after each snapshot with the hash that the snapshot recorded.
    private func verifyStates(of environment: EnvironmentName) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.chain), arguments: ["environment": environment.rawValue])
        var (state, root) = (ChainState(), Root.hash(of: [:]))
        while let row = try rows.next() {
            let entry = try row.entry()
            if entry.header.kind == .binding { state.binding = entry.header.body }
            guard entry.header.kind == .snapshot else { continue }
            let body = try entry.snapshotBody()
            state.apply(body)
            let isUnchanged = body.changes.isEmpty && body.root == .unchanged
            if !isUnchanged { root = Root.hash(of: state.facets) }
            let recorded = if case .changed(let root?) = body.root { root } else { root }
            guard recorded == root, state.hash(root: root) == body.state else {
                throw Failure.damaged(
                    "entry \(entry.header.seq) of '\(environment)' is damaged",
                    why: "the state after it is not the one that it records")
            }
        }
    }
}
