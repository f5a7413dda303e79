import GRDB
import Tidemark

// The verification of the index against the log, before an answer relies on it.
//
// A wrong bit in the log shows in its hashes, and one in a state in the hash of that state. Rows that are *not* found have no hash:
// the index is built again from the log, and compared.
extension Database {
    /// The tables that are derived from the log.
    private static let tables = [
        "entry", "resource", "facet", "version", "current", "reading_place", "reading", "fingerprint_place",
        "fingerprint", "walk", "root", "gap", "release", "image",
    ]

    /// Verifies every chain, and every table of the index: for answers that are put together from many entries, and from rows
    /// that are *not* found.
    ///
    /// Reads the whole file.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verifyIndex(_ images: ImageIndex) throws {
        let result = try String.fetchAll(self, sql: "PRAGMA integrity_check(1)")
        guard result == ["ok"] else {
            // Some of SQLite's messages have the name of the database on a line before them.
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: result.first?.split(separator: "\n").last.map(String.init))
        }
        guard try Schema.isWhole(self) else {
            throw Failure.damaged("the history is damaged", why: "its tables and views are not those of its version")
        }
        for environment in try environments() { try verifyChain(of: environment) }
        let copy = try DatabaseQueue(configuration: History.configuration())
        try copy.inDatabase { copy in
            try backup(to: copy)
            try copy.compareIndex(images)
        }
    }

    /// Builds the index again, and compares it with the one before.
    private func compareIndex(_ images: ImageIndex) throws {
        for table in Self.tables {
            try execute(sql: "CREATE TEMP TABLE found_\(table) AS SELECT * FROM index_\(table)")
        }
        try rebuildIndex(images)
        for table in Self.tables {
            let (found, expected) = ("SELECT * FROM temp.found_\(table)", "SELECT * FROM main.index_\(table)")
            let differences = try Int.fetchOne(
                self,
                sql: "SELECT count(*) FROM (SELECT * FROM (\(found) EXCEPT \(expected)) UNION ALL "
                    + "SELECT * FROM (\(expected) EXCEPT \(found)))")
            guard differences == 0 else {
                throw Failure.index("its table 'index_\(table)' is not what the log says")
            }
        }
    }
}
