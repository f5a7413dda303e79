import GRDB
import Tidemark

extension Database {
    /// Visits every entry of a chain, oldest first, each compared with its hash and with the entry before it.
    func forEachEntry(of environment: EnvironmentName, _ visit: (Entry) throws -> Void = { _ in }) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.chain), arguments: ["environment": environment.rawValue])
        var (last, log) = ((header: Header, hash: ContentHash)?.none, RandomID?.none)
        while let row = try rows.next() {
            let entry = try row.entry()
            let header = entry.header
            let follows = last.map { header.follows($0.header, hash: $0.hash) }
            if last == nil { log = header.log }
            guard follows ?? header.isFirst, header.environment == environment, row["seq"] == header.seq.rawValue,
                header.log ?? log == log
            else {
                throw Failure.brokenChain(of: environment, at: last?.header.seq.next ?? .first)
            }
            last = (header, entry.hash)
            try visit(entry)
        }
        // The index may be behind, and can be rebuilt; but if it has more entries, the log has lost them.
        _ = try isIndexed(environment, upTo: last?.header.seq)
    }
}

extension Failure {
    static func brokenChain(of environment: EnvironmentName, at seq: Seq) -> Failure {
        Failure.damaged(
            "the chain of '\(environment)' is broken",
            why: "entry \(seq) does not exist, or does not follow the one before it")
    }
}
