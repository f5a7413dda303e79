import StrictJSON
import Testing
import Tidemark
import TidemarkReports

struct QueryWriterTests {
    private func written(_ writer: some QueryWriter, _ columns: [String], _ rows: [[QueryValue]]) -> String {
        var writer = writer
        return writer.begin(columns) + rows.map { writer.add($0) }.joined() + writer.end()
    }

    private static let row: [QueryValue] = [.integer(-5), .text("=a, \"b\"\n\u{1B}"), .null, .text("")]
    private static let columns = ["n", "text", "none", "empty"]

    @Test func `text is a table with a line for each row`() {
        let rows = [Self.row, [.integer(10), .text("a"), .blob([0xFF]), .real(0.5)]]
        let lines = [
            "n   text                none  empty", #"-5  =a, "b"\u{a}\u{1b}  null  "#,
            "10  a                   ff    0.5", "",
        ]
        #expect(written(QueryText(), Self.columns, rows) == lines.joined(separator: "\n"))
    }

    @Test func `the widths of a table are those of its first rows, and a long text does not widen it`() {
        let long = String(repeating: "x", count: 100)
        let rows =
            [[.text(long), .integer(1)]] + Array(repeating: [.text("a"), .integer(2)], count: 1100) as [[QueryValue]]
        let lines = written(QueryText(), ["name", "n"], rows).split(separator: "\n")
        #expect(lines.count == 1102)
        #expect([lines[0], lines[1], lines[2], lines[1101]] == ["name  n", "\(long) 1", "a     2", "a     2"])
    }

    @Test(arguments: [[], [row]] as [[[QueryValue]]])
    func `json is a document with an object for each row`(rows: [[QueryValue]]) throws {
        let json = try JSON(parsing: written(QueryJSON(from: Heads()), Self.columns, rows))
        #expect(json["report"] == "query" && json["columns"] == ["n", "text", "none", "empty"])
        let expected: JSON = ["n": -5, "text": "=a, \"b\"\n\u{1B}", "none": .null, "empty": ""]
        #expect(json["rows"] == .array(rows.map { _ in expected }))
    }

    @Test func `columns of one name are numbered in json`() throws {
        let row: [QueryValue] = [.integer(1), .integer(2), .integer(3), .real(-.infinity)]
        let json = try JSON(parsing: written(QueryJSON(from: Heads()), ["a", "a", "a:1", "a"], [row]))
        #expect(json["columns"] == ["a", "a:2", "a:1", "a:3"])
        #expect(json["rows"]?.array?.first?.canonical == #"{"a":1,"a:1":3,"a:2":2,"a:3":-9e999}"#)
    }

    @Test func `csv quotes texts, and leaves numbers as they are`() {
        #expect(
            written(QueryCSV(), Self.columns, [Self.row]) == """
                n,text,none,empty
                -5,"'=a, ""b""\\u{a}\\u{1b}",,""

                """)
    }
}
