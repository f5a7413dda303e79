import GRDB
import HistoryFiles
import Tidemark

/// The entries that can still be read in a torn file; the comparison with them shows what a journal would roll back.
struct ReadableEntries {
    private struct Found {
        let environment: String
        let seq: Int64
        let kind: String
        let hash: ContentHash
    }

    private var entries: [Found] = []
    private var hashes: Set<ContentHash> = []

    /// Reads as many entries as SQLite can.
    init(inFile path: String) {
        guard let queue = try? DatabaseQueue(path: path, configuration: .reading) else { return }
        queue.unsafeRead { database in
            for query in [Embedded.readableEntries, Embedded.readableEntriesBack] {
                forEachReadableRow(in: database, query) { row in
                    guard let header = row["header"] as String?, let hash = try? row.hash(),
                        ContentHash(of: header.utf8) == hash, hashes.insert(hash).inserted
                    else { return }
                    entries.append(
                        Found(environment: row["environment"], seq: row["seq"], kind: row["kind"], hash: hash))
                }
            }
        }
    }

    /// Visits rows up to the first torn page, which is not an error here.
    private func forEachReadableRow(in database: Database, _ sql: String, _ visit: (Row) -> Void) {
        guard let rows = try? Row.fetchCursor(database, sql: sql) else { return }
        while let row = try? rows.next() { visit(row) }
    }

    /// Whether a history is this one before its last append. It must have all of these entries except the last snapshot of
    /// one chain and a binding that was appended with it, and its chain must end just before them.
    func areContinued(in database: Database) throws -> Bool {
        // The writer was killed while it created the file.
        if try Schema.isEmpty(database) { return hashes.isEmpty }
        let kept = try Set(Row.fetchAll(database, sql: Embedded.hashes).compactMap { try $0.hash() })
        let lost = hashes.subtracting(kept)
        let known = entries.filter { lost.contains($0.hash) }.sorted { $0.seq < $1.seq }
        guard lost.count <= 2, Set(known.map(\.environment)).count <= 1 else { return false }
        guard let first = known.first else { return true }
        let end = try Int64.fetchOne(database, sql: Embedded.lastSeq, arguments: ["environment": first.environment])
        return (end ?? -1) == first.seq - 1 && (known.count < 2 || first.kind == EntryKind.binding.rawValue)
    }
}
