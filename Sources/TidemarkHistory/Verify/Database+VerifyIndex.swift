import GRDB
import Tidemark

/// The verification of the index against the log, before an answer relies on it.
///
/// A wrong bit in the log shows in its hashes, and one in a state in its root. The other tables of the index, and SQLite's
/// own indexes, have no hash: their rows are compared with what the entries record, so that a damaged file gives no wrong
/// answer.
extension Database {
    /// Verifies every chain, and the index of versions, releases and images: for answers that are put together from many
    /// entries, and from rows that are *not* found.
    ///
    /// Reads the whole log once.
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
        for environment in try environments() {
            try verifyChain(of: environment)
            try verify("versions", of: environment, Embedded.versionsDiffer)
            try verifyReleases(of: environment)
            try verifyImages(of: environment, images)
        }
    }

    func verifyReleases(of environment: EnvironmentName) throws {
        try verify("releases", of: environment, Embedded.releasesDiffer)
    }

    func verifyFingerprints(of environment: EnvironmentName) throws {
        try verify("fingerprints", of: environment, Embedded.fingerprintsDiffer)
    }

    /// - Parameter differences: A query for rows that only the log or only the index has.
    func verify(_ rows: String, of environment: EnvironmentName, _ differences: String) throws {
        let difference = try Row.fetchOne(
            cachedStatement(sql: differences), arguments: ["environment": environment.rawValue])
        if let difference { throw Failure.index(of: rows, of: environment, differsAt: difference["seq"]) }
    }
}

extension Failure {
    static func index(of rows: String, of environment: EnvironmentName, differsAt seq: Int64) -> Failure {
        Failure(
            .history, "the index of the history is damaged",
            why: "its \(rows) of '\(environment)' at @\(seq) are not those that were recorded", remedy: .rebuildIndex)
    }
}
