import GRDB
import Tidemark

extension Database {
    /// Verifies everything in a history of the current version: pages, chains, contents and every table of the index.
    ///
    /// Reads the whole file.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verify(_ images: ImageIndex, path: String) throws {
        _ = try Schema.check(self, path: path)
        try verifyIndex(images)
        try verifyReferences()
        try verifyContents()
        for environment in try environments() {
            try verifyFingerprints(of: environment)
            try verify("questions", of: environment, Embedded.lostQuestions)
        }
    }

    /// Finds rows of the index whose foreign key matches no row.
    private func verifyReferences() throws {
        guard let row = try Row.fetchOne(self, sql: "PRAGMA foreign_key_check") else { return }
        throw Failure.damaged(
            "the index of the history is damaged",
            why: "a row of its table '\(row["table"] as String)' refers to a row that does not exist")
    }

    private func verifyContents() throws {
        let rows = try Row.fetchCursor(self, sql: Embedded.contents)
        while let row = try rows.next() { _ = try row.content() }
    }
}
