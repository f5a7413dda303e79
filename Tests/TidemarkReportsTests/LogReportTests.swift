import StrictJSON
import Testing
import Tidemark
import TidemarkReports
import TidemarkTestSupport

struct LogReportTests {
    private static let environment = "antenna-production"

    private func snapshot(seq: Int64, release: Release? = nil, gaps: [Gap] = []) throws -> LoggedEntry {
        let observation = Stack.observation([Stack.described(Stack.database): 1], gaps: gaps)
        return try AppendedSnapshot.of(observation, seq: seq, release: release).logged()
    }

    private func report(_ entries: LoggedEntry...) throws -> LogReport {
        try LogReport(entries, of: EnvironmentName(Self.environment))
    }

    @Test func `a release has its claim, its attestation and what changed`() throws {
        let entry = try snapshot(
            seq: 0, release: Release(label: "v10", by: "release-bot", commit: "abc", note: "hotfix"))
        #expect(
            try report(entry).text == """
                @0  2026-11-23 20:40:43Z  release v10
                  by        release-bot (claimed); arn:aws:iam::123456789012:user/release-bot (attested)
                  commit    abc
                  note      hotfix
                  changed   1 rds.db-instance
                  entry     \(entry.entry.hash)

                """)
    }

    @Test func `a snapshot counts the questions that were not answered`() throws {
        let text = try report(snapshot(seq: 0, gaps: [Stack.denied])).text
        #expect(text.contains("\n  unseen    1 question not answered\n"))
    }

    @Test func `a binding names the environment in AWS`() throws {
        let body = Stack.observation([:]).binding.json.canonical
        let entry = Entry(header: try .of(seq: 0, kind: .binding, body: body), bodyText: body)
        #expect(
            try report(LoggedEntry(entry: entry)).text.hasPrefix(
                "@0  2026-11-23 20:40:43Z  bound to antenna-prod (e-abc) in account 123456789012, us-west-2\n"))
    }

    @Test func `a time that a later entry refutes is marked`() throws {
        let logged = try snapshot(seq: 2)
        let wrong = LoggedEntry(entry: logged.entry, secondsAhead: 31_536_000, snapshot: logged.snapshot)
        let words = "this time is wrong: a later entry is 31536000 seconds earlier"
        #expect(try report(wrong).text.contains("clock     \(words)\n"))
        #expect(try JSON(parsing: report(wrong).json)["entries"]?.array?.first?["secondsAhead"] == 31_536_000)
    }

    @Test func `older entries are counted`() throws {
        #expect(try report(snapshot(seq: 3)).text.hasSuffix("\n\nand 3 older entries: --limit lists more\n"))
        #expect(try JSON(parsing: report(snapshot(seq: 3)).json)["older"] == 3)
    }
}
