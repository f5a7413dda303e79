import StrictJSON
import Testing
import Tidemark
import TidemarkReports
import TidemarkTestSupport

struct RecordReportTests {
    private func appended(
        _ observation: EnvironmentObservation, seq: Int64 = 2, release: Release? = nil, isNewlyBound: Bool = false
    ) throws -> AppendedSnapshot {
        let appended = try AppendedSnapshot.of(
            observation, after: [Stack.described(Stack.group): ContentHash(of: 1)], seq: seq, release: release)
        return AppendedSnapshot(
            entry: appended.entry, body: appended.body, changes: appended.changes, observation: observation,
            resourceCount: 1, isNewlyBound: isNewlyBound)
    }

    @Test func `a recorded snapshot is reported with its hashes`() throws {
        let observation = Stack.observation([
            Stack.described(Stack.database): ["Engine": "postgres"], Stack.described(Stack.group): .none,
        ])
        let appended = try appended(observation, release: Release(label: "v10", by: "release-bot"), isNewlyBound: true)
        #expect(
            RecordReport(appended, hints: ["set TIDEMARK_KEY"], kinds: .all).text() == """
                recorded antenna-production @2, release v10, as of 2026-11-23 20:40:43Z
                  bound to  Elastic Beanstalk environment antenna-prod (e-abc) in account 123456789012, us-west-2
                  by        release-bot (claimed); arn:aws:iam::123456789012:user/release-bot (attested)
                  seen      1 resource known; 1 question, all answered
                  changed   ec2.security-group/sg-0a description: gone
                            rds.db-instance/antenna-postgres description
                  root      \(appended.body.root)
                  head      @2:\(appended.entry.hash)
                  hint      set TIDEMARK_KEY

                """)
    }

    @Test func `the first snapshot lists no changes`() throws {
        let observation = Stack.observation([Stack.described(Stack.database): 1])
        let text = RecordReport(try appended(observation, seq: 1), kinds: .all).text()
        #expect(text.contains("  changed   everything: this is the first snapshot\n"))
    }

    @Test func `gaps, an unsettled environment and a failed deployment are reported`() throws {
        let observation = Stack.observation(
            [:], gaps: [Stack.denied], unsettled: [.environmentStatus("Updating")], failures: [.configurationFailed])
        let text = RecordReport(try appended(observation), kinds: .all).text()
        #expect(
            text.contains(
                "  seen      1 resource known; 1 question, not all answered:\n            rds:DescribeDBInstances about "
                    + "antenna-postgres denied (AccessDenied); "
                    + "allow rds:DescribeDBInstances\n"
            ))
        #expect(
            text.contains(
                "  changed   nothing in what was seen; 1 resource could not be compared\n  unsettled the environment's status is Updating\n  failed    the last change of its configuration failed\n"
            ))
    }

    @Test func `the JSON has what a pipeline needs`() throws {
        let appended = try appended(
            Stack.observation([Stack.described(Stack.database): 1], failures: [.configurationFailed]))
        let json = try JSON(parsing: RecordReport(appended, kinds: .all).json)

        #expect(json["tidemark"] == 2)
        #expect(json["report"] == "record")
        #expect(json["seq"] == 2)
        #expect(json["head"] == appended.entry.hash.json)
        #expect(json["root"] == appended.body.root.json)
        #expect(
            json["failures"] == ["the last change of its configuration failed"]
                && json["failureCodes"] == [["code": "configuration-failed"]])
        #expect(json.elements("changed").first?["facet"] == "rds.db-instance/antenna-postgres description")
    }

    @Test func `no name from AWS can redraw the terminal`() throws {
        let gap = Gap(
            question: Stack.denied.question, outcome: .failed, reason: .call(.aws(code: Stack.hostile, message: "")),
            facets: [], kinds: [])
        var observation = Stack.observation(
            [
                Stack.described(ResourceID(.rdsDBInstance, Stack.hostile)): 1,
                Stack.described(Stack.group): ["GroupName": .string(Stack.hostile)],
            ], gaps: [gap], unsettled: [.environmentStatus(Stack.hostile)])
        observation.caller = Stack.hostile
        observation.binding = EnvironmentBinding(
            partition: "aws", account: "1", region: "us-west-2", ebEnvironment: Stack.hostile,
            ebEnvironmentID: Stack.hostile)
        let report = RecordReport(try appended(observation, isNewlyBound: true), kinds: .all)

        #expect(Stack.controls(in: report.text()).isEmpty, "\(report.text().printable)")
        #expect(try JSON(parsing: report.json)["tidemark"] == 2)
    }
}
