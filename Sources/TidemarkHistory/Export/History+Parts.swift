import GRDB
import Tidemark

// The log is read in parts, and the file is not locked between two of them: rows of the log never change, and a recorder can append.
extension History {
    /// The bytes of a part.
    private static let partSize = 1 << 20

    /// Visits the entries of a chain, oldest first.
    func forEachEntry(
        of environment: EnvironmentName, upTo last: HeadReference, _ visit: (Entry) throws(Failure) -> Void
    ) throws(Failure) {
        var before: HeadReference?
        while before != last {
            let part = try entries(of: environment, after: before?.seq, upTo: last.seq)
            for entry in part {
                guard before == nil || entry.header.previous == before?.hash else {
                    throw Failure.brokenChain(of: environment, at: entry.header.seq)
                }
                try visit(entry)
                before = entry.reference
            }
            if part.isEmpty { throw Failure.brokenChain(of: environment, at: last.seq) }
        }
    }

    private func entries(
        of environment: EnvironmentName, after seq: Seq?, upTo last: Seq
    ) throws(Failure) -> [Entry] {
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.entriesAfter),
                arguments: ["environment": environment.rawValue, "seq": seq?.rawValue ?? -1])
            var (entries, size) = ([Entry](), 0)
            while size < Self.partSize, let entry = try rows.next()?.entry(), entry.header.seq <= last {
                entries.append(entry)
                size += entry.headerText.utf8.count + (entry.bodyText?.utf8.count ?? 0)
            }
            return entries
        }
    }

    /// Visits the contents, decoded, in the order of their rows.
    func forEachContent(
        upTo last: Int64, _ visit: (StoredBytes) throws(Failure) -> Void
    ) throws(Failure) {
        var before: Int64 = 0
        while before < last {
            let part = try contents(after: before, upTo: last)
            for content in part { try visit(content) }
            before = part.last?.id ?? last
        }
    }

    struct StoredBytes {
        let id: Int64
        let hash: ContentHash
        let bytes: [UInt8]
    }

    private func contents(after id: Int64, upTo last: Int64) throws(Failure) -> [StoredBytes] {
        try read { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(sql: Embedded.contentsAfter), arguments: ["id": id])
            var (contents, size) = ([StoredBytes](), 0)
            while size < Self.partSize, let row = try rows.next(), let id = row["id"] as Int64?, id <= last {
                let bytes = try row.contentBytes()
                contents.append(StoredBytes(id: id, hash: ContentHash(of: bytes), bytes: bytes))
                size += bytes.count
            }
            return contents
        }
    }
}
