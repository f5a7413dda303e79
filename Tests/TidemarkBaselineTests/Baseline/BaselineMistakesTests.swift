import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The mistakes that only a snapshot shows.
struct BaselineMistakesTests {
    private static let facets: [FacetID: JSON] = [
        Stack.database.described: Stack.databaseContent,
        ResourceID(.rdsDBInstance, "other").described: ["DBInstanceIdentifier": "other", "DBName": Redacted.value],
    ]

    private func mistakes(_ item: String, gaps: [Gap] = []) throws -> [String] {
        let yaml =
            "environment: antenna-production\nexpect:\n  - { name: database, resource: rds.db-instance, \(item) }\n"
        return try Baseline(yaml: yaml).mistakes(in: .of(Self.facets, gaps: gaps)).map(\.line)
    }

    private let denied = Gap.denied("ec2", "DescribeInstances", kinds: [.rdsDBInstance])

    @Test func `an expectation that matches several resources lists them`() throws {
        #expect(
            try mistakes("is: { Engine: postgres }") == [
                "baseline.yml:3:5: 'database' matches 2 resources in snapshot @1: rds.db-instance/antenna-postgres, "
                    + "rds.db-instance/other: select one with 'where', or all with 'each: true'"
            ])
        #expect(try mistakes("each: true, is: { Engine: { present: true } }") == [])
        #expect(try mistakes("count: 5") == [])
    }

    @Test(arguments: ["", "each: true, "])
    func `an expectation that matches nothing is a mistake, unless the resource may be unseen`(scope: String) throws {
        let item = "\(scope)where: { Engine: oracle }, is: { MultiAZ: true }"
        #expect(
            try mistakes(item) == ["baseline.yml:3:5: 'database' matches no rds.db-instance in snapshot @1"])
        #expect(try mistakes(item, gaps: [denied]) == [])
    }

    @Test func `mistakes of the file and of the snapshot are reported together, and none follows from another`() throws
    {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: a, resource: rds.db-instance, is: { Engine: postgres } }
              - { name: b, resource: rds.db-instance, where: { Engin: oracle }, is: { MultiAZ: true } }
              - { name: c, resource: rds.db-instance, where: { Engine: oracle }, is: { MultiAZ: true }, whi: x }
            """
        let reading = BaselineReading(yaml: yaml, file: "baseline.yml", kinds: .all, attributes: SomeAttributes())
        let all = try reading.mistakes(in: .of(Self.facets)).lines
        #expect(reading.mistakes(in: nil).lines == [all[1], all[3]])
        #expect(
            all.map { String($0.prefix(40)) } == [
                "baseline.yml:3:5: 'a' matches 2 resource", "baseline.yml:4:52: 'Engin' is not an att",
                "baseline.yml:5:5: 'c' matches no rds.db-", "baseline.yml:5:93: unknown key 'whi' in ",
            ])
    }

    @Test func `a literal of a redacted value is a mistake`() throws {
        let found = try mistakes("where: { DBInstanceIdentifier: other }, is: { DBName: antenna }")
        #expect(found.count == 1 && found[0].hasPrefix("baseline.yml:3:96: 'DBName' is redacted"), "\(found)")
    }
}
