import Testing
import Tidemark
import TidemarkReports

struct InitReportTests {
    @Test func `the files, what was seen, and the next steps are named`() throws {
        #expect(
            InitReport(try Stack.snapshot(gaps: [Stack.denied]), baseline: "baseline.yml", project: "tidemark.yml").text
                == """
                wrote tidemark.yml and baseline.yml for antenna-production
                  seen      1 resource; 1 question, not all answered:
                            rds:DescribeDBInstances about antenna-postgres denied (AccessDenied); allow rds:DescribeDBInstances
                  next      reduce baseline.yml to what your documentation promises
                            tidemark record --release LABEL, after each deploy
                            tidemark drift, in CI

                """)
    }
}
