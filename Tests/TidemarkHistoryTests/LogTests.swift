import GRDB
import StrictJSON
import Testing
import Tidemark
import TidemarkHistory

/// The triggers that protect the log, and the verification that notices damage.
struct LogTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.append(.of([.of("a"): ["Engine": "postgres"]]), release: "v9")
        try scratch.append(.of([.of("a"): ["Engine": "mysql"]]), release: "v10")
    }

    @Test(arguments: [
        "UPDATE entry SET body = '{}'", "UPDATE OR REPLACE entry SET seq = 0 WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 2",
        "INSERT OR REPLACE INTO entry (environment, seq, header, hash, body) "
            + "SELECT environment, seq, header, hash, '{}' FROM entry WHERE seq = 2",
        "REPLACE INTO entry (environment, seq, header, hash, body) "
            + "SELECT environment, seq, header, substr(hash, 2) || substr(hash, 1, 1), body FROM entry WHERE seq = 1",
        "UPDATE content SET bytes = x'00'", "DELETE FROM content",
        "REPLACE INTO content SELECT hash, encoding, x'00' FROM content",
        "INSERT OR IGNORE INTO content SELECT hash, encoding, x'00' FROM content",
        "INSERT INTO content VALUES ('short', 'identity', x'00')",
        "INSERT INTO content VALUES ('\(String(repeating: "a", count: 64))', 'rot13', x'00')",
    ])
    func `a recorded row cannot be changed`(sql: String) throws {
        let before = try scratch.dump()
        #expect(throws: DatabaseError.self) { try scratch.raw { try $0.execute(sql: sql) } }
        #expect(try scratch.dump() == before)
    }

    /// Inserts an entry after the newest one, with some of its values replaced.
    private func insert(
        _ verb: String = "INSERT", environment: String = "environment", seq: Int = 3, headerSeq: Int = 3,
        previous: String = "hash", hash: String = "substr(hash, 2) || substr(hash, 1, 1)"
    ) throws {
        try scratch.raw { database in
            try database.execute(
                sql: """
                    \(verb) INTO entry (environment, seq, header, hash, body)
                    SELECT
                        \(environment), \(seq),
                        json_set(header, '$.seq', \(headerSeq), '$.previous', \(previous)), \(hash), body
                    FROM entry WHERE seq = 2
                    """)
        }
    }

    @Test func `an entry that follows the newest one can be appended`() throws {
        #expect(throws: Never.self) { try insert() }
        #expect(try scratch.count("entry") == 4)
    }

    @Test func `an entry that does not follow the newest one is refused`() throws {
        #expect(throws: DatabaseError.self) { try insert(seq: 4, headerSeq: 4) }
        #expect(throws: DatabaseError.self) { try insert(seq: 0, headerSeq: 0) }
        #expect(throws: DatabaseError.self) { try insert(headerSeq: 2) }
        #expect(throws: DatabaseError.self) { try insert(previous: "'abc'") }
        #expect(throws: DatabaseError.self) { try insert(previous: "NULL") }
        #expect(throws: DatabaseError.self) { try insert(environment: "'other'") }
        #expect(try scratch.count("entry") == 3)
    }

    @Test func `an entry with the hash of an earlier one does not replace it`() throws {
        #expect(throws: DatabaseError.self) {
            try insert("INSERT OR REPLACE", hash: "(SELECT hash FROM entry WHERE seq = 0)")
        }
        #expect(try scratch.count("entry") == 3)
    }

    // MARK: Tampering

    @Test(arguments: [
        (
            "UPDATE entry SET body = replace(body, 'v10', 'v11') WHERE seq = 2",
            "entry @2 of 'antenna-production' is damaged"
        ),
        (
            "UPDATE entry SET header = replace(header, 'release-bot', 'someone') WHERE seq = 2",
            "entry @2 of 'antenna-production' is damaged"
        ), ("UPDATE entry SET header = header || ' ' WHERE seq = 2", "entry @2 of 'antenna-production' is damaged"),
        (
            "UPDATE entry SET hash = substr(hash, 2) || substr(hash, 1, 1) WHERE seq = 2",
            "entry @2 of 'antenna-production' is damaged"
        ),
        ("UPDATE content SET bytes = CAST(replace(CAST(bytes AS TEXT), 'mysql', 'mariadb') AS BLOB)", "content "),
        ("UPDATE content SET bytes = x''", "content "),
        ("UPDATE version SET content = 'abc' WHERE seq = 2", "the index of the history is damaged"),
    ])
    func `changed bytes are noticed`(sql: String, what: String) throws {
        // The index can refer only to existing content.
        try scratch.tamper("INSERT INTO content VALUES ('abc', 'identity', x'7b7d'); \(sql)")
        let failure = #expect(throws: Failure.self) { try scratch.snapshot("latest") }
        #expect(failure?.code == .history)
        #expect(failure?.what.hasPrefix(what) == true)
    }

    @Test func `removed content is noticed`() throws {
        try scratch.tamper("DELETE FROM content WHERE CAST(bytes AS TEXT) LIKE '%mysql%'")
        let failure = #expect(throws: Failure.self) { try scratch.snapshot("latest") }
        #expect(failure?.code == .history)
    }

    @Test func `an append to a damaged chain fails`() throws {
        try scratch.tamper("UPDATE entry SET body = replace(body, 'v10', 'v11') WHERE seq = 2")
        #expect(throws: Failure.self) { try scratch.append(.of()) }
        #expect(try scratch.count("entry") == 3)
    }
}
