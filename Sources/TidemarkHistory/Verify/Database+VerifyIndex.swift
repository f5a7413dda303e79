import GRDB
import Tidemark

/// Holds the index against the log, before an answer relies on it.
///
/// A wrong bit in the log shows in its hashes, and one in a state in its root. The other tables of the index, and SQLite's
/// own indexes, have no hash: there, what is found is compared with what the entries say, so that a damaged file gives no
/// wrong answer.
extension Database {
    /// Holds everything against the log: for answers that are put together from many entries, and from what is *not* found.
    ///
    /// Reads the whole log once.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verifyIndex(_ images: ImageIndex) throws {
        let verdict = try String.fetchAll(self, sql: "PRAGMA integrity_check(1)")
        guard verdict == ["ok"] else {
            // SQLite puts the name of the database on a line of its own before some of its findings.
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: verdict.first?.split(separator: "\n").last.map(String.init))
        }
        guard try Schema.isWhole(self) else {
            throw Failure.damaged("the history is damaged", why: "its tables and views are not those of its version")
        }
        for environment in try environments() {
            try holdChain(of: environment)
            try verify("versions", of: environment, Embedded.versionsDiffer)
            try holdReleases(of: environment)
            try holdImages(of: environment, images)
        }
    }

    func holdReleases(of environment: EnvironmentName) throws {
        try verify("releases", of: environment, Embedded.releasesDiffer)
    }

    func holdFingerprints(of environment: EnvironmentName) throws {
        try verify("fingerprints", of: environment, Embedded.fingerprintsDiffer)
    }

    func verify(_ what: String, of environment: EnvironmentName, _ differences: String) throws {
        let difference = try Row.fetchOne(
            cachedStatement(sql: differences), arguments: ["environment": environment.rawValue])
        if let difference { throw Failure.index(of: what, of: environment, differsAt: difference["seq"]) }
    }
}

extension Failure {
    static func index(
        of what: String, of environment: EnvironmentName, differsAt seq: Int64
    ) -> Failure {
        Failure.damaged(
            "the index of the history is damaged",
            why: "its \(what) of '\(environment)' at @\(seq) are not those that were recorded")
    }
}
