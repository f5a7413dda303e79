import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkReports

struct AcceptReportTests {
    @Test func `the finding, the waiver and its line are named`() throws {
        let drift = try Stack.drift(
            Stack.snapshot(), Stack.requirement("Engine", .scalar(ExpectedScalar("mysql"))))
        let finding = try #require(drift.findings.first)
        let waiver = Waiver(
            finding: finding.id, rule: "database", resource: finding.resource, path: finding.path,
            acceptance: Waiver.Acceptance(element: nil, value: .plain("postgres")), owner: "dba-team",
            reason: "the import",
            until: try #require(Day("2026-12-31")),
            position: Position(file: "baseline.yml", line: 9, column: 3))
        let report = AcceptReport(finding, of: drift, by: waiver)
        #expect(
            report.text == """
                accepted \(finding.id) until 2026-12-31
                  finding   database: Engine is postgres, and should be mysql
                  covers    this value of Engine alone; another value is a new finding
                  owner     dba-team
                  reason    the import
                  written   baseline.yml:9

                """)
        let json = try JSON(parsing: report.json)
        #expect([json["finding"], json["line"]] == [.string(finding.id.rawValue), 9])
    }
}
