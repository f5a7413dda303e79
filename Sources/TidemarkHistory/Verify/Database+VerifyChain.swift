import FoundationEssentials
import GRDB
import Tidemark

extension Database {
    /// Compares every entry of a chain with its hash and with the entry before it; bodies are not parsed.
    func verifyChain(of environment: EnvironmentName) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.chain), arguments: ["environment": environment.rawValue])
        var last: Entry?
        while let row = try rows.next() {
            let entry = try row.entry()
            let header = entry.header
            let follows = last.map { header.seq == $0.header.seq.next && header.previous == $0.hash }
            guard follows ?? header.isFirst, header.environment == environment, row["seq"] == header.seq.rawValue else {
                throw Failure.brokenChain(of: environment, at: last?.header.seq.next ?? .first)
            }
            last = entry
        }
        guard try self.last(of: environment)?.hash == last?.hash else {
            throw Failure.brokenChain(of: environment, at: last?.header.seq.next ?? .first)
        }
    }
}

extension Header {
    /// Whether a chain can begin with the entry.
    fileprivate var isFirst: Bool { seq == .first ? previous == nil : kind == .checkpoint }
}

extension Failure {
    static func brokenChain(of environment: EnvironmentName, at seq: Seq) -> Failure {
        Failure.damaged(
            "the chain of '\(environment)' is broken",
            why: "entry \(seq) does not exist, or does not follow the one before it")
    }
}
