import GRDB
import HistoryFiles
import Tidemark

// The verification of the index against the log, before an answer relies on it.
//
// A wrong bit in the log shows in its hashes, and one in a state in the hash of that state. Rows that are *not* found have no hash:
// the rows that the index must have are derived from the log, and compared.
extension Database {
    /// Verifies the chains of some environments, and every row of the index that belongs to them.
    ///
    /// Reads those chains, and each table of the index once.
    /// - Parameter visit: Receives each entry, what it changes (nil if it shows no known state), and the state at it.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verifyIndex(
        of environments: [EnvironmentName], _ images: ImageIndex,
        _ visit: (Entry, SnapshotBody?, ChainReplay) throws -> Void = { _, _, _ in }
    ) throws {
        try verifyPages()
        var all: [(environment: EnvironmentName, rows: [IndexTable: RowsDigest])] = []
        for environment in environments {
            var expected = ExpectedRows(images: images) { [self] in try content($0) }
            try forEachEntry(of: environment) { entry in
                try visit(entry, expected.add(entry), expected.replay)
            }
            if let erased = expected.replay.erased { throw Failure.missingBody(of: environment, at: erased) }
            all.append((environment, expected.atEnd()))
            try verifyCurrentTexts(of: environment)
        }
        try compare(all)
    }

    /// Verifies SQLite's own structures, and that nothing of the schema was changed.
    private func verifyPages() throws {
        let result = try String.fetchAll(self, sql: "PRAGMA integrity_check(1)")
        guard result == ["ok"] else {
            // Some of SQLite's messages have the name of the database on a line before them.
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: result.first?.split(separator: "\n").last.map(String.init))
        }
        guard try Schema.isWhole(self) else {
            throw Failure.damaged("the history is damaged", why: "its tables and views are not those of its version")
        }
    }

    /// Compares each table with the rows that some environments must have. It reads a table once for all of them.
    private func compare(_ expected: [(environment: EnvironmentName, rows: [IndexTable: RowsDigest])]) throws {
        let environments = try expected.map { environment, rows in
            let id = try Int64.fetchOne(
                cachedStatement(sql: Embedded.environmentId), arguments: ["name": environment.rawValue])
            return (id: id, rows: rows)
        }
        for table in IndexTable.allCases {
            let digests = try digests(of: table.rows)
            let areEqual = environments.allSatisfy { digests[$0.id] == $0.rows[table] }
            guard digests[nil] == nil, areEqual else {
                throw Failure.index("its table '\(table.name)' is not what the log says")
            }
        }
    }

    private func verifyCurrentTexts(of environment: EnvironmentName) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.currentContents), arguments: ["environment": environment.rawValue])
        while let row = try rows.next() { _ = try row.currentText() }
    }
}
