import HistoryFiles
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkHistory

/// Queries over the views.
struct QueryTests {
    private let scratch: Scratch

    /// @1 v9, and @2 with another content.
    init() throws {
        scratch = try Scratch()
        try scratch.append(.of([.of("a"): ["Size": 1]]), release: "v9")
        try scratch.append(.of([.of("a"): ["Size": 2]]))
    }

    private func rows(_ sql: String) throws(Failure) -> [[QueryValue]] {
        var rows: [[QueryValue]] = []
        try history().query(sql, columns: { _ throws(Failure) in }, row: { row throws(Failure) in rows.append(row) })
        return rows
    }

    private func history() throws(Failure) -> History {
        do { return try scratch.history } catch { throw Failure(error, path: scratch.path) }
    }

    @Test func `every view is readable, and its names are those of its columns`() throws {
        for view in History.views {
            var names: [String] = []
            try history().query(
                "SELECT * FROM \(view)", columns: { columns throws(Failure) in names = columns },
                row: { row throws(Failure) in #expect(row.count == names.count) })
            #expect(names.first == "environment")
        }
        #expect(History.views.count == 10)
    }

    @Test func `values keep their types`() throws {
        let sql = "SELECT NULL, 9223372036854775807, 0.1, 9e999, 'a' || char(0) || 'b', x'00ff', x''"
        let values: [QueryValue] = [
            .null, .integer(.max), .real(0.1), .real(.infinity), .text("a\0b"), .blob([0, 255]), .blob([]),
        ]
        #expect(try rows(sql) == [values])
        #expect(values.map(\.text) == [nil, "9223372036854775807", "0.1", "9e999", "a\0b", "00ff", ""])
    }

    @Test func `contents of the past are decoded`() throws {
        let contents = try rows("SELECT content(content_hash), content(NULL) FROM facet_history ORDER BY seq")
        #expect(contents == [[.text(#"{"Size":1}"#), .null], [.text(#"{"Size":2}"#), .null]])
    }

    @Test(arguments: [
        "WITH a AS (SELECT 1) SELECT count(*) FROM a", "WITH s AS (SELECT seq FROM snapshot) SELECT 1 FROM s LIMIT 1",
        "SELECT count(*) > 0 FROM current, json_each(current.content)",
    ])
    func `a query can name expressions of its own, and read JSON`(sql: String) throws {
        #expect(try rows(sql) == [[.integer(1)]])
    }

    @Test func `a plan shows tables, and is refused`() {
        let failure = #expect(throws: Failure.self) { try rows("EXPLAIN QUERY PLAN SELECT * FROM current") }
        #expect(failure?.code == .invalid)
    }

    @Test(
        arguments: [
            ("SELECT content('v9')", "'v9' does not have 64 hexadecimal digits"),
            ("SELECT content(lower(hex(zeroblob(32))))", "no content has the hash"),
        ])
    func `a text that is not a hash, and an unknown hash, are errors`(sql: String, why: String) {
        let failure = #expect(throws: Failure.self) { try rows(sql) }
        #expect([.invalid, .notFound].contains(failure?.code))
        #expect(failure?.description.contains(why) == true)
    }

    @Test func `a damaged content is an error, and a damaged index too`() throws {
        let hash = ContentHash(of: ["Size": 1])
        try scratch.tamper(
            "UPDATE log_content SET bytes = zeroblob(size), encoding = 0 WHERE lower(hex(hash)) = '\(hash)'")
        #expect(throws: Failure.self) { try rows("SELECT content('\(hash)')") }
        try scratch.tamper("DELETE FROM index_release")
        let failure = #expect(throws: Failure.self) { try rows("SELECT * FROM release") }
        #expect(failure?.code == .history)
    }

    @Test(
        arguments: [
            ("", "it is empty"), ("SELECT 1; SELECT 2", "it has more than one statement"),
            ("SELECT 1; no SQL", "it has more than one statement"),
            ("SELECT * FROM log_entry", "the table 'log_entry' is private"),
            ("SELECT count(*) FROM index_release", "the table 'index_release' is private"),
            ("SELECT sql FROM sqlite_schema", "the table 'sqlite_master' is private"),
            // The name of a view hides no table.
            (
                "WITH current AS (SELECT header FROM log_entry) SELECT * FROM current",
                "the table 'log_entry' is private"
            ),
            ("SELECT 1 FROM release WHERE seq = (SELECT max(seq) FROM log_entry)", "the table 'log_entry' is private"),
            ("DELETE FROM log_entry", "it is not a SELECT"), ("DELETE FROM current", "it is not a SELECT"),
            ("CREATE TEMP TABLE t (x)", "it is not a SELECT"), ("ATTACH 'other.sqlite' AS other", "it is not a SELECT"),
            ("PRAGMA user_version = 7", "it is not a SELECT"),
            ("SELECT * FROM pragma_table_info('gap')", "it is not a SELECT"),
            ("VACUUM INTO 'other.sqlite'", "it is not a SELECT"), ("COMMIT", "it is not a SELECT"),
            ("SELECT load_extension('other')", "it calls 'load_extension'"),
            ("SELECT ?", "it has a parameter without a value"),
        ])
    func `a statement that is not one SELECT over the views is refused`(sql: String, why: String) throws {
        let before = try scratch.bytes
        let failure = #expect(throws: Failure.self) { try rows(sql) }
        #expect(failure?.what == "the query is refused")
        #expect(failure?.why == why)
        #expect(try scratch.files == ["tidemark.sqlite"] && scratch.bytes == before)
    }

    @Test(
        arguments: [
            ("SELECT size FROM gap", "no such column: size"), ("SELEC", #"near "SELEC": syntax error"#),
            ("SELECT * FROM snapshots", "no such table: snapshots"), ("SELECT json('x')", "malformed JSON"),
            ("SELECT abs(-9223372036854775808)", "integer overflow"),
        ])
    func `an error in the statement is SQLite's`(sql: String, why: String) {
        let failure = #expect(throws: Failure.self) { try rows(sql) }
        #expect(failure?.code == .invalid && failure?.remedy != nil)
        #expect(failure?.why == why)
    }
}
