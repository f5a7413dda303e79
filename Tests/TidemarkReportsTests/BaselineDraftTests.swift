import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

struct BaselineDraftTests {
    private static let web = ResourceID(.ec2SecurityGroup, "sg-0a")
    private static let rds = ResourceID(.ec2SecurityGroup, "sg-0b")
    private static let tag = ResourceID(.ecrTag, "1.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:v10")
    private static let container = ResourceID(.ecsContainer, "django")

    private static let stack: [FacetID: JSON] = [
        TidemarkTestSupport.Stack.database.described: [
            "DBInstanceIdentifier": "antenna-postgres", "Engine": "postgres", "EngineVersion": "16.10",
            "MultiAZ": false,
            "AllocatedStorage": 20, "DBName": "null", "Unheard": "of",
            "Endpoint": ["Address": "${x} # : - \" ' é\n", "Port": 5432],
            "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b", "Status": "active"]],
        ],
        web.described: ["GroupId": "sg-0a", "GroupName": "awseb-e-1", "OwnerId": "1"],
        rds.described: [
            "GroupId": "sg-0b", "GroupName": "antenna-rds", "OwnerId": "1",
            "IpPermissions": [
                [
                    "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                    "UserIdGroupPairs": [["UserId": "1", "GroupId": "sg-0a"]],
                ]
            ],
        ],
        TidemarkTestSupport.Stack.environment.described: [
            "EnvironmentName": "antenna-prod", "VersionLabel": "v10", "CNAME": "x",
        ],
        FacetID(TidemarkTestSupport.Stack.environment, "OptionSettings"): [
            TidemarkTestSupport.Stack.property("SECRET", Redacted.value),
            TidemarkTestSupport.Stack.property("DEBUG", "False"),
        ],
        tag.described: ["imageTag": "v10", "imageDigest": "sha256:1"],
        container.described: ["tasks": [["taskDefinitionArn": "x", "containers": [["name": "django"]]]]],
    ]

    private func draft(_ facets: [FacetID: JSON] = stack, gaps: [Gap] = []) throws -> String {
        try BaselineDraft(of: .of(facets, gaps: gaps), attributes: WireAttributes()).yaml()
    }

    private func drift(_ yaml: String, _ facets: [FacetID: JSON]) throws -> Drift {
        try Drift(
            of: .of(facets),
            from: Baseline(yaml: yaml, file: "baseline.yml", kinds: .all, attributes: WireAttributes()),
            now: TidemarkTestSupport.Stack.start, maximumAge: nil)
    }

    @Test func `what is there is in sync with the draft of it`() throws {
        let drift = try drift(draft(), Self.stack)
        #expect(drift.findings.map { "\($0.rule.name) \($0.path?.description ?? "") \($0.status)" } == [])
        #expect(
            try Baseline(yaml: draft(), file: "baseline.yml", kinds: .all, attributes: WireAttributes()).expectations
                .count == 5)
    }

    private static let changes: [(String, JSON?)] = [
        ("Engine", "mysql"), ("MultiAZ", true), ("AllocatedStorage", 21), ("Endpoint", ["Address": "y", "Port": 1]),
        ("VpcSecurityGroups", []), ("DBName", nil),
    ]

    @Test(arguments: changes)
    func `what changes afterwards is found`(attribute: String, value: JSON?) throws {
        var facets = Self.stack
        var database = try #require(facets[TidemarkTestSupport.Stack.database.described]?.object)
        database[attribute] = value
        facets[TidemarkTestSupport.Stack.database.described] = .object(database)
        let drift = try drift(draft(), facets)
        #expect(drift.findings.allSatisfy { $0.path?.description.hasPrefix(attribute) == true })
        #expect(drift.verdict == .drifted)
    }

    @Test func `a rule names the expectation of the group that it is for`() throws {
        let yaml = try draft()
        #expect(yaml.contains("tcp 5432 from ${awseb-e-1}"))
        #expect(yaml.contains("VpcSecurityGroupId: ${antenna-rds}"))
        #expect(!yaml.contains("IpPermissions:"))
    }

    @Test func `what every release changes is not expected`() throws {
        let yaml = try draft()
        #expect(!yaml.contains("v10") && !yaml.contains("tasks"))
        #expect(yaml.contains("name: django"))
    }

    @Test func `defaults of AWS are not expected`() throws {
        let group = ResourceID(.rdsDBParameterGroup, "ours")
        let snapshot = try SnapshotView.of([
            group.described: [:],
            FacetID(group, "Parameters"): [
                ["ParameterName": "rds.force_ssl", "ParameterValue": "1", "Source": "system"],
                ["ParameterName": "log_statement", "ParameterValue": "ddl", "Source": "user"],
            ],
        ])
        let yaml = try BaselineDraft(of: snapshot, attributes: WireAttributes()).yaml()
        #expect(yaml.contains("    changed-parameters:\n      log_statement: ddl\n  exact: true"))
        #expect(!yaml.contains("force_ssl"))
    }

    @Test func `a secret is expected to be there`() throws {
        let lines = try draft().split(separator: "\n").map { $0.drop { $0 == " " } }
        let index = try #require(lines.firstIndex(of: "OptionName: SECRET"))
        #expect(lines[(index + 1)...].prefix(2) == ["Value:", "present: true"])
    }

    @Test func `what could not be seen is not expected`() throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [TidemarkTestSupport.Stack.database.described])
        #expect(try !draft(gaps: [gap]).contains("postgres:"))
        #expect(try !draft(gaps: [gap]).contains("Engine"))
    }

    @Test func `equal names get numbers`() throws {
        let other = ResourceID(.ec2SecurityGroup, "sg-0c")
        var facets = Self.stack
        facets[other.described] = ["GroupId": "sg-0c", "GroupName": "awseb-e-1", "OwnerId": "1"]
        let names = try Baseline(yaml: draft(facets), file: "baseline.yml", kinds: .all, attributes: WireAttributes())
            .expectations.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.contains("security-group-awseb-e-1-2"))
        #expect(try drift(draft(facets), facets).verdict == .inSync)
    }
}
