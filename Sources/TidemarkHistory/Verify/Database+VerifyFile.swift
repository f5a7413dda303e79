import GRDB
import Tidemark

extension Database {
    /// Verifies everything in a history of the current version: pages, chains, contents, states and every table of the index.
    ///
    /// Reads the whole file.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    @discardableResult
    func verify(_ images: ImageIndex, path: String) throws -> Verification {
        _ = try Schema.check(self, path: path)
        var states: [EnvironmentName: StateVerifier] = [:]
        var (entries, heads) = ([EnvironmentName: Int](), [EnvironmentName: HeadReference]())
        try verifyIndex(of: environments(), images) { entry, body in
            let environment = entry.header.environment
            try states[environment, default: StateVerifier()].add(entry.header, body)
            entries[environment, default: 0] += 1
            heads[environment] = entry.reference
        }
        try verifyReferences()
        return Verification(entries: entries, heads: Heads(heads), contents: try verifyContents())
    }

    /// Finds rows whose foreign key matches no row.
    private func verifyReferences() throws {
        guard let row = try Row.fetchOne(self, sql: "PRAGMA foreign_key_check") else { return }
        throw Failure.index("a row of its table '\(row["table"] as String)' refers to a row that does not exist")
    }

    /// Returns the number of contents.
    private func verifyContents() throws -> Int {
        let rows = try Row.fetchCursor(self, sql: Embedded.contents)
        var count = 0
        while let row = try rows.next() {
            _ = try row.contentBytes()
            count += 1
        }
        return count
    }
}

/// Compares the state after each snapshot of a chain with the hash that the snapshot recorded.
struct StateVerifier {
    private var state = ChainState()
    private var rows = RootRows()
    private var root = RootRows().hash
    private var parts = ChainState.Parts(of: ChainState())

    mutating func add(_ header: Header, _ body: SnapshotBody?) throws(Failure) {
        if header.kind == .binding { state.binding = header.body }
        guard let body else { return }
        let before = root
        for change in body.changes { rows.set(change.facet, to: change.content) }
        if !body.changes.isEmpty { root = rows.hash }
        state.apply(body)
        parts.update(body, in: state)
        let recorded = if case .changed(let root?) = body.root { root } else { before }
        guard recorded == root, state.hash(root: root, parts) == body.state else {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "the state after it is not the one that it records")
        }
    }
}
