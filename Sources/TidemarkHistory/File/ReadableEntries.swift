import GRDB
import Tidemark

/// The entries that can still be read in a torn file, to see what a journal takes back.
struct ReadableEntries {
    private struct Found {
        let environment: String
        let seq: Int64
        let kind: String
        let hash: String
    }

    private var entries: [Found] = []
    /// Also of entries that only SQLite's index of hashes still names.
    private var hashes: Set<String> = []

    /// Reads as far as SQLite can; what is unreadable is not among the entries.
    init(inFile path: String) {
        guard let queue = try? DatabaseQueue(path: path, configuration: History.readOnly()) else { return }
        queue.unsafeRead { database in
            readWhatIsReadable(in: database, Embedded.readableEntries) { row in
                let (header, hash): (String, String) = (row["header"], row["hash"])
                guard ContentHash(of: header.utf8).hexadecimal == hash else { return }
                hashes.insert(hash)
                entries.append(Found(environment: row["environment"], seq: row["seq"], kind: row["kind"], hash: hash))
            }
            readWhatIsReadable(in: database, Embedded.readableHashes) { row in hashes.insert(row["hash"]) }
        }
    }

    /// A torn page ends the reading: that is what this is for, and no error.
    private func readWhatIsReadable(in database: Database, _ sql: String, _ take: (Row) -> Void) {
        guard let rows = try? Row.fetchCursor(database, sql: sql) else { return }
        while let row = try? rows.next() { take(row) }
    }

    /// Whether a history is this one before a single append: it has every one of these entries, but for the last snapshot of
    /// one chain, with a binding before it, and ends where that append began.
    func areContinued(in database: Database) throws -> Bool {
        // The file was being made.
        if try Schema.isEmpty(database) { return hashes.isEmpty }
        let kept = try Set(String.fetchAll(database, sql: Embedded.hashes))
        let lost = hashes.subtracting(kept)
        let known = entries.filter { lost.contains($0.hash) }.sorted { $0.seq < $1.seq }
        guard lost.count <= 2, Set(known.map(\.environment)).count <= 1 else { return false }
        guard let first = known.first else { return true }
        let end = try Int64.fetchOne(database, sql: Embedded.lastSeq, arguments: ["environment": first.environment])
        return (end ?? -1) == first.seq - 1 && (known.count < 2 || first.kind == EntryKind.binding.rawValue)
    }
}
