import StrictJSON
import Testing
import Tidemark
import TidemarkReports

struct TagsReportTests {
    private static let environment = "antenna-production"
    private static let day: Int64 = 86_400_000

    private func moment(_ seq: Int64) -> DatedEntry {
        DatedEntry(
            seq: Seq(rawValue: seq),
            at: Timestamp(millisecondsSince1970: Stack.start.millisecondsSince1970 + (seq - 1) * Self.day))
    }

    private func target(
        _ digit: Character, since: Int64, until: Int64? = nil, ranSince: Int64? = nil,
        change: TagHistory.Change = .none
    ) throws -> TagHistory.Target {
        let environment = try EnvironmentName(Self.environment)
        let run = ranSince.map {
            TagHistory.Run(environment: environment, since: moment($0), until: nil, release: "v10", unseen: nil)
        }
        return TagHistory.Target(
            digest: "sha256:" + String(repeating: digit, count: 64), since: moment(since), until: until.map(moment),
            change: change, runs: run.map { [$0] } ?? [])
    }

    private func tag(_ name: String, _ targets: [TagHistory.Target], unseen: Unseen? = nil, unseenRuns: Unseen? = nil)
        throws -> TagHistory
    {
        TagHistory(
            environment: try EnvironmentName(Self.environment), asOf: moment(3), repository: "antenna-backend",
            tag: name,
            targets: targets, unseen: unseen, unseenRuns: unseenRuns)
    }

    @Test(
        arguments: [
            (.another, "moved to another image"), (.undetermined, "pushed again, perhaps the same image"),
            (.sameImage(platform: "linux/amd64"), "pushed again, linux/amd64 is the same image"),
        ] as [(TagHistory.Change, String)])
    func `a tag that was pushed again has a row for each digest`(change: TagHistory.Change, words: String) throws {
        let moved = try tag(
            "v10", [target("a", since: 1, until: 2), target("b", since: 2, ranSince: 2, change: change)])
        #expect(
            TagsReport([moved]).text == """
                antenna-production as of 2026-11-25 20:40:43Z (@3)

                antenna-backend
                  v10  sha256:aaaaaaaaaaaa  2026-11-23 20:40:43Z (@1) to 2026-11-24 20:40:43Z (@2)  not seen to run
                       sha256:bbbbbbbbbbbb  2026-11-24 20:40:43Z (@2) to now                        \(words); ran in \
                antenna-production @2 to now, release v10

                """)
    }

    @Test func `a deleted tag is gone in its last row`() throws {
        let text = TagsReport([try tag("v9", [target("a", since: 1, until: 2)])]).text
        #expect(text.contains("(@1) to 2026-11-24 20:40:43Z (@2)  gone; not seen to run\n"))
    }

    @Test func `a tag that is unseen now is as last seen`() throws {
        let unseen = try tag("v10", [target("a", since: 1)], unseen: Unseen(reason: "ecr:DescribeImages denied"))
        let text = TagsReport([unseen]).text
        #expect(text.contains("(@1) to as last seen  not seen to run\n  as last seen: ecr:DescribeImages denied\n"))
    }

    @Test func `a tag whose containers were unseen has unknown runs`() throws {
        let unknown = TagsReport([try tag("v10", [target("a", since: 1)], unseenRuns: Unseen(reason: "ECS denied"))])
        #expect(unknown.text.contains("to now  unknown whether it ran\n  what runs is unknown: ECS denied\n"))
        let cut = TagsReport(unknown.tags, limit: 0).text
        #expect(cut.contains("\n  and 1 more tag that was not seen to run or to move: --all lists them\n"))
        #expect(try JSON(parsing: unknown.json)["tags"]?.array?.first?["unseenRuns"] == "ECS denied")
    }

    @Test func `tags that never ran or moved are cut to a limit, newest first, but not in JSON`() throws {
        let report = TagsReport(try (1...4).map { try tag("v\($0)", [target("a", since: 1)]) }, limit: 2)
        #expect(report.text.contains("\n  v4  "))
        #expect(report.text.contains("\n  v3  "))
        #expect(!report.text.contains("\n  v2  "))
        #expect(report.text.hasSuffix("\n  and 2 more tags that never ran or moved: --all lists them\n"))
        #expect(try JSON(parsing: report.json).elements("tags").count == 4)
    }
}
