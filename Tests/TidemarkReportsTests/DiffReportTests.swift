import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkReports

struct DiffReportTests {
    private let unlisted = Gap(
        question: Question(service: "ecr", operation: "ListImages", parameters: [:]), outcome: .denied,
        reason: .call(.aws(code: "AccessDenied", message: "")), facets: [],
        members: [MemberScope(.ecrTag, prefix: "antenna-backend:")],
        kinds: [])

    private func report(_ gaps: [Gap]) throws -> DiffReport {
        DiffReport(Diff(from: try Stack.snapshot(), to: try Stack.snapshot(gaps: gaps)))
    }

    @Test func `resources and lists that could not be compared are grouped by the reason`() throws {
        let text = try report([Stack.denied, unlisted]).text()
        #expect(
            text.contains(
                """
                could not be compared
                  at @2: ecr:ListImages about antenna-backend denied (AccessDenied)
                    ecr.tag/antenna-backend:*
                  at @2: rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)
                    rds.db-instance/antenna-postgres description

                nothing differs in what was seen; 1 resource and 1 list could not be compared

                """))
    }

    @Test func `the JSON shows whether everything could be compared`() throws {
        #expect(try JSON(parsing: report([]).json)["complete"] == true)
        let json = try JSON(parsing: report([unlisted]).json)
        #expect(json["differs"] == false)
        #expect(json["complete"] == false)
        #expect(json.elements("unlisted").first?["members"] == "ecr.tag/antenna-backend:*")
        #expect(
            json.elements("unlisted").first?["reason"] == "ecr:ListImages about antenna-backend denied (AccessDenied)")
    }
}
