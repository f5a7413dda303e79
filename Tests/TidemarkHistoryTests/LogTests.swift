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
        "UPDATE log_entry SET body = '{}'", "UPDATE OR REPLACE log_entry SET seq = 0 WHERE seq = 1",
        "DELETE FROM log_entry WHERE seq = 2",
        "INSERT OR REPLACE INTO log_entry (environment, seq, header, hash, body) "
            + "SELECT environment, seq, header, hash, '{}' FROM log_entry WHERE seq = 2",
        "UPDATE log_content SET bytes = x'00'", "DELETE FROM log_content",
        "REPLACE INTO log_content SELECT id, hash, encoding, base, size, x'00' FROM log_content",
        "REPLACE INTO log_content SELECT id, randomblob(32), 0, NULL, 1, x'00' FROM log_content",
        "INSERT INTO log_content VALUES (99, 'short', 0, NULL, 1, x'00')",
        "INSERT INTO log_content VALUES (99, randomblob(32), 3, NULL, 1, x'00')",
        "INSERT INTO log_content VALUES (99, randomblob(32), 2, NULL, 1, x'00')",
        "UPDATE log_environment SET name = 'other'", "DELETE FROM log_environment",
        "REPLACE INTO log_environment SELECT id, 'other' FROM log_environment",
    ])
    func `a recorded row cannot be changed`(sql: String) throws {
        let before = try scratch.dump()
        #expect(throws: DatabaseError.self) { try scratch.raw { try $0.execute(sql: sql) } }
        #expect(try scratch.dump() == before)
    }

    /// Inserts an entry after the newest one, with some of its values replaced.
    private func insert(
        environment: String = "environment", seq: Int = 3, headerSeq: Int = 3,
        previous: String = "lower(hex(hash))"
    ) throws {
        try scratch.raw { database in
            try database.execute(
                sql: """
                    INSERT INTO log_entry (environment, seq, header, hash, body)
                    SELECT
                        \(environment), \(seq),
                        json_set(header, '$.seq', \(headerSeq), '$.previous', \(previous)), randomblob(32), body
                    FROM log_entry WHERE seq = 2
                    """)
        }
    }

    @Test func `an entry that follows the newest one can be appended`() throws {
        #expect(throws: Never.self) { try insert() }
        #expect(try scratch.count("log_entry") == 4)
    }

    @Test func `an entry that does not follow the newest one is refused`() throws {
        #expect(throws: DatabaseError.self) { try insert(seq: 4, headerSeq: 4) }
        #expect(throws: DatabaseError.self) { try insert(seq: 0, headerSeq: 0) }
        #expect(throws: DatabaseError.self) { try insert(headerSeq: 2) }
        #expect(throws: DatabaseError.self) { try insert(previous: "'abc'") }
        #expect(throws: DatabaseError.self) { try insert(previous: "NULL") }
        #expect(throws: DatabaseError.self) { try insert(environment: "7") }
        #expect(try scratch.count("log_entry") == 3)
    }

    // MARK: Tampering

    @Test(arguments: [
        (
            "UPDATE log_entry SET body = replace(body, 'v10', 'v11') WHERE seq = 2",
            "entry @2 of 'antenna-production' is damaged"
        ),
        (
            "UPDATE log_entry SET header = replace(header, 'release-bot', 'someone') WHERE seq = 2",
            "entry @2 of 'antenna-production' is damaged"
        ), ("UPDATE log_entry SET header = header || ' ' WHERE seq = 2", "entry @2 of 'antenna-production' is damaged"),
        ("UPDATE log_entry SET hash = zeroblob(32) WHERE seq = 2", "entry @2 of 'antenna-production' is damaged"),
        (
            "UPDATE index_current_text SET text = replace(text, 'mysql', 'mariadb')",
            "the index of the history is damaged"
        ),
        ("UPDATE index_current SET hash = zeroblob(32)", "the index of the history is damaged"),
        ("UPDATE log_content SET hash = randomblob(32)", "the index of the history is damaged"),
    ])
    func `changed bytes are noticed`(sql: String, what: String) throws {
        try scratch.tamper(sql)
        let failure = #expect(throws: Failure.self) { try scratch.snapshot("latest") }
        #expect(failure?.code == .history)
        #expect(failure?.what.hasPrefix(what) == true)
    }

    @Test(arguments: [
        "UPDATE log_content SET bytes = x'00'", "UPDATE log_content SET size = 7",
        "UPDATE log_content SET encoding = 1",
        "UPDATE log_content SET size = 1 << 40", "DELETE FROM log_content",
    ])
    func `changed content of the past is noticed`(sql: String) throws {
        try scratch.tamper(sql)
        let failure = #expect(throws: Failure.self) { try scratch.snapshot("@1") }
        #expect(failure?.code == .history)
    }

    @Test func `an append to a damaged chain fails`() throws {
        try scratch.tamper("UPDATE log_entry SET body = replace(body, 'v10', 'v11') WHERE seq = 2")
        #expect(throws: Failure.self) { try scratch.append(.of()) }
        #expect(try scratch.count("log_entry") == 3)
    }
}
