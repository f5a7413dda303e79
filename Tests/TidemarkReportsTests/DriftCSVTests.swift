import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline

@testable import TidemarkReports

struct DriftCSVTests {
    private func csv(engine: String) throws -> String {
        let snapshot = try Stack.snapshot([Stack.described(Stack.database): ["Engine": .string(engine)]])
        let report = try Stack.report(snapshot, Stack.requirement("Engine", .scalar(ExpectedScalar("mysql"))))
        return DriftFormat.csv.write(report, .plain)
    }

    @Test func `a finding is a row`() throws {
        let csv = try csv(engine: "postgres")
        let id = try #require(csv.firstMatch(of: /[0-9a-f]{12}/)).output
        #expect(
            csv == """
                environment,verdict,severity,rule,resource,attribute,expected,actual,finding,since,section,id,waived
                antenna-production,drifted,error,database,rds.db-instance/antenna-postgres,Engine,mysql,postgres,\
                "Engine is postgres, and should be mysql",,5.1,\(id),

                """)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", #"\u{9}=1"#),
        (#"=A1&"",1"#, #""'=A1&"""",1""#), (#"a "b", c"#, #""a ""b"", c""#), ("a=b", "a=b"),
    ])
    func `a cell is quoted, and never a formula`(value: String, cell: String) throws {
        #expect(try csv(engine: value).contains(",Engine,mysql,\(cell),"))
    }
}
