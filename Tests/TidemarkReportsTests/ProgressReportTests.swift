import Testing
import Tidemark
import TidemarkReports

struct ProgressReportTests {
    private let start = Duration.zero
    private let instances = Question(service: "rds", operation: "DescribeDBInstances", parameters: [:])
    private let groups = Question(
        service: "ec2", operation: "DescribeSecurityGroups", parameters: ["GroupIds": ["sg-0a"]])

    private func walking() -> ProgressReport {
        var report = ProgressReport()
        report.begin(at: start)
        report.ask(instances, about: Stack.database)
        report.ask(groups, about: Stack.group)
        return report
    }

    private func text(_ report: ProgressReport, after seconds: Int = 3, columns: Int = 80) -> String {
        report.text(at: start + .seconds(seconds), columns: columns)
    }

    @Test func `nothing is shown before a walk, which first establishes the caller`() {
        var report = ProgressReport()
        #expect(text(report) == "")
        report.begin(at: start)
        #expect(text(report) == "0 of 0 answered, 3s: sts:GetCallerIdentity")
    }

    @Test func `the oldest open question is named`() {
        var report = walking()
        #expect(text(report) == "0 of 2 answered, 3s: rds:DescribeDBInstances about antenna-postgres")
        report.answer(instances)
        #expect(text(report, after: 62) == "1 of 2 answered, 1m02s: ec2:DescribeSecurityGroups about sg-0a")
        report.answer(groups)
        #expect(text(report) == "2 of 2 answered, 3s: done")
    }

    @Test func `another walk counts from the beginning`() {
        var report = walking()
        report.begin(at: start + .seconds(3))
        #expect(text(report) == "0 of 0 answered, 0s: sts:GetCallerIdentity")
    }

    @Test func `a wait shows its reason and its whole duration`() {
        var report = walking()
        report.wait([.environmentStatus("Updating")], at: start + .seconds(1))
        report.ask(instances, about: Stack.database)
        report.wait([.changedDuringWalk, .other(ReasonCode("paused"))], at: start + .seconds(2))
        #expect(
            text(report) == "waiting 2s: it changed during the walk; paused")
        report.wait([], at: start + .seconds(3))
        #expect(text(report) == "")
    }

    @Test(arguments: [(40, "0 of 2 answered, 3s: rds:DescribeDBInsta"), (3, "0 o"), (0, ""), (-1, "")])
    func `the line is cut to the columns of the terminal`(columns: Int, line: String) {
        #expect(text(walking(), columns: columns) == line)
    }

    @Test func `a character that may be wide counts as two columns`() {
        var report = ProgressReport()
        report.wait([.other(ReasonCode("\u{6F6E}\u{6F6E}\u{6F6E}"))], at: start)
        #expect(text(report, after: 0, columns: 17) == "waiting 0s: \u{6F6E}\u{6F6E}")
    }

    @Test func `no name from AWS can redraw the terminal`() {
        var report = ProgressReport()
        report.begin(at: start)
        report.ask(instances, about: ResourceID(.rdsDBInstance, Stack.hostile))
        #expect(Stack.controls(in: text(report, columns: 1000)).isEmpty)
        #expect(!text(report, columns: 1000).contains("\n"))
        report.wait([.environmentStatus(Stack.hostile)], at: start)
        #expect(Stack.controls(in: text(report, columns: 1000)).isEmpty)
    }
}
