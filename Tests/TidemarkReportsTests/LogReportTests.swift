import StrictJSON
import Testing
import Tidemark
import TidemarkReports

struct LogReportTests {
    private static let environment = "antenna-production"

    private func entry(_ kind: EntryKind, seq: Int64, _ body: JSON) throws -> Entry {
        let header = Header(
            environment: try EnvironmentName(Self.environment), seq: Seq(rawValue: seq), at: Stack.start, kind: kind,
            actor: Stack.actor, previous: nil, body: ContentHash(of: body))
        return Entry(header: header, bodyText: body.canonical)
    }

    private func snapshot(seq: Int64, release: Release? = nil, gaps: [Gap] = []) throws -> Entry {
        let observation = Stack.observation([Stack.described(Stack.database): 1], gaps: gaps)
        let delta = Delta(observation, over: [:], fingerprints: [:])
        let body = SnapshotBody(
            observation: observation, changes: delta.changes, fingerprints: [], root: Root.hash(of: delta.state),
            release: release)
        return try entry(.snapshot, seq: seq, body.json)
    }

    private func report(_ entries: Entry...) throws -> LogReport {
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
                  entry     \(entry.hash)

                """)
    }

    @Test func `a snapshot counts the questions that were not answered`() throws {
        let text = try report(snapshot(seq: 0, gaps: [Stack.denied])).text
        #expect(text.contains("\n  unseen    1 question not answered\n"))
    }

    @Test func `a binding names the environment in AWS`() throws {
        let entry = try entry(.binding, seq: 0, Stack.observation([:]).binding.json)
        #expect(
            try report(entry).text.hasPrefix(
                "@0  2026-11-23 20:40:43Z  bound to antenna-prod (e-abc) in account 123456789012, us-west-2\n"))
    }

    @Test func `older entries are counted`() throws {
        #expect(try report(snapshot(seq: 3)).text.hasSuffix("\n\nand 3 older entries: --limit lists more\n"))
        #expect(try JSON(parsing: report(snapshot(seq: 3)).json)["older"] == 3)
    }
}
