import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkReports

struct BaselineCheckReportTests {
    private let file = SourceFile(name: "b.yml", text: "environment: a\nexpct: []\n").quotable

    private func report(_ mistakes: [FileMistake]) -> BaselineCheckReport {
        BaselineCheckReport(["b.yml"], errors: [FileError(mistakes, in: [file])])
    }

    private let mistake = FileMistake(Position(file: "b.yml", line: 2, column: 1), "unknown key 'expct'")

    @Test func `each mistake has the line that it is in`() {
        #expect(
            report([mistake]).text() == """
                b.yml:2:1: unknown key 'expct'
                    expct: []
                    ^
                1 baseline: 1 mistake

                """)
        #expect(!report([mistake]).isWithoutMistakes)
    }

    @Test func `a baseline without mistakes is one line`() {
        #expect(report([]).text() == "1 baseline: no mistakes\n")
        #expect(report([]).isWithoutMistakes)
    }

    @Test func `every file is counted, and each that could not be checked`() throws {
        let report = BaselineCheckReport(
            ["b.yml", "gone.yml", "/tmp"], errors: [FileError([], in: [file])],
            failures: ["no baseline at 'gone.yml'", "a folder"])
        #expect(report.text() == "3 baselines: 2 could not be checked\n")
        #expect(try JSON(parsing: report.json)["failures"] == ["no baseline at 'gone.yml'", "a folder"])
    }

    @Test func `the JSON has the place and the line`() throws {
        let found = try #require(try JSON(parsing: report([mistake]).json).elements("mistakes").first)
        #expect(found["line"] == 2 && found["column"] == 1 && found["source"] == "expct: []")
    }

    @Test func `a place beyond the end of the file has no line`() {
        let text = report([FileMistake(Position(file: "b.yml", line: 9, column: 1), "did not find it")]).text()
        #expect(text == "b.yml:9:1: did not find it\n1 baseline: 1 mistake\n")
    }
}
