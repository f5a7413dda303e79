import GRDB
import Tidemark

extension Database {
    /// Compares every entry of a chain with its hash and with the entry before it; bodies are not parsed.
    func verifyChain(of environment: EnvironmentName) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.chain), arguments: ["environment": environment.rawValue])
        var (last, seq) = (String?.none, Seq.first)
        while let row = try rows.next() {
            let (header, body): (String, String) = (row["header"], row["body"])
            guard ContentHash(of: header.utf8).hexadecimal == row["hash"],
                ContentHash(of: body.utf8).hexadecimal == row["body_hash"]
            else {
                // Names the damaged part, if the entry can be parsed.
                _ = try row.entry()
                throw Failure.brokenChain(of: environment, at: seq)
            }
            guard row["seq"] == seq.rawValue, last == row["previous"] else {
                throw Failure.brokenChain(of: environment, at: seq)
            }
            (last, seq) = (row["hash"], seq.next)
        }
    }
}

extension Failure {
    static func brokenChain(of environment: EnvironmentName, at seq: Seq) -> Failure {
        Failure.damaged(
            "the chain of '\(environment)' is broken",
            why: "entry \(seq) does not exist, or does not follow the one before it")
    }
}
