import GRDB
import HistoryFiles
import Tidemark

extension Database {
    /// Verifies everything in a history of the current version: pages, chains, contents, states and every table of the index.
    ///
    /// Reads the whole file.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    @discardableResult
    func verify(
        _ images: ImageIndex, path: String, signature: ((SignedRelease) throws(Failure) -> Void)? = nil
    ) throws -> Verification {
        _ = try Schema.check(self, path: path)
        var states: [EnvironmentName: StateVerifier] = [:]
        var (entries, heads) = ([EnvironmentName: Int](), [EnvironmentName: HeadReference]())
        var (logs, signatures) = ([EnvironmentName: RandomID](), 0)
        var (erasedBodies, erasedContents) = (0, Set<ContentHash>())
        var (attempts, repeated) = ([EnvironmentName: Set<RandomID>](), [EnvironmentName: [Seq]]())
        try verifyIndex(of: environments(), images) { entry, change, replay in
            let environment = entry.header.environment
            if entry.header.kind == .snapshot,
                !attempts[environment, default: []].insert(entry.header.attempt).inserted
            {
                repeated[environment, default: []].append(entry.header.seq)
            }
            if let log = entry.header.log { logs[environment] = log }
            if let change {
                try states[environment, default: StateVerifier()].add(entry.header, change, replay)
                if let log = logs[environment],
                    let signed = try SignedRelease(
                        entry.header, change, log: log, root: replay.parts.root, content: content)
                {
                    signatures += 1
                    try signature?(signed)
                }
            } else if entry.bodyText == nil {
                erasedBodies += 1
            } else if entry.header.kind.showsState {
                erasedContents.formUnion(try entry.snapshotBody().contents.filter { try contentID($0) == nil })
            }
            entries[environment, default: 0] += 1
            heads[environment] = entry.reference
        }
        try verifyReferences()
        return Verification(
            entries: entries, heads: Heads(heads), contents: try verifyContents(), erasedBodies: erasedBodies,
            erasedContents: erasedContents.count, repeated: repeated, signatures: signatures,
            areSignaturesVerified: signature != nil)
    }

    /// Finds rows whose foreign key matches no row.
    private func verifyReferences() throws {
        guard let row = try Row.fetchOne(self, sql: "PRAGMA foreign_key_check") else { return }
        throw Failure.index("a row of its table '\(row["table"] as String)' refers to a row that does not exist")
    }

    /// Returns the number of contents.
    private func verifyContents() throws -> Int {
        let rows = try Row.fetchCursor(self, sql: Embedded.contentsAfter, arguments: ["id": Int64.min])
        var count = 0
        while let row = try rows.next() {
            _ = try row.contentBytes()
            count += 1
        }
        return count
    }
}
