import StrictJSON
import StrictYAML
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct DriftTests {
    private func drift(
        _ yaml: String, _ snapshot: SnapshotView, now: Timestamp = Stack.start, maximumAge: Int64? = nil
    ) throws -> Drift {
        try Drift(of: snapshot, from: Baseline(yaml: yaml), now: now, maximumAge: maximumAge)
    }

    /// The drift of the documented database, from an expectation with these lines below `is:`.
    private func drift(is lines: String, gaps: [Gap] = []) throws -> Drift {
        try drift(
            Baseline.expectation("name: database", "resource: rds.db-instance", "is:", lines),
            .of([Stack.database.described: Stack.databaseContent], gaps: gaps))
    }

    private let engine = Baseline.expectation("name: database", "resource: rds.db-instance", "is:", "Engine: postgres")

    // MARK: Verdicts

    @Test func `equal values are in sync`() throws {
        let drift = try drift(is: "Engine: postgres\nMultiAZ: false\nEndpoint: { Port: 5432 }\nTagList: []\nDBName: ~")
        #expect(drift.verdict == .inSync)
        #expect(drift.findings.isEmpty)
    }

    @Test func `another value is changed`() throws {
        let drift = try drift(is: "Engine: mysql")
        #expect(drift.verdict == .drifted)
        guard case .drifted(.changed(let expected, let actual))? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(expected.json == "mysql")
        #expect(actual == "postgres")
        #expect(drift.findings.first?.resource == Stack.database)
    }

    @Test func `an absent value is missing`() throws {
        guard
            case .drifted(.missing(let expected))? = try drift(
                is: "Endpoint: { Address: db.example, Port: 5432 }\nDBName: a"
            ).findings.first?.status
        else {
            Issue.record("not missing")
            return
        }
        #expect(expected?.json == "a")
    }

    @Test func `a value that must be absent is unexpected`() throws {
        guard case .drifted(.unexpected(let actual))? = try drift(is: "Engine: ~").findings.first?.status else {
            Issue.record("not unexpected")
            return
        }
        #expect(actual == "postgres")
    }

    @Test func `each value that differs is a finding of its own`() throws {
        let drift = try drift(is: "Engine: mysql\nEndpoint: { Address: x, Port: 1 }\nMultiAZ: false")
        #expect(drift.findings.map { $0.path?.description } == ["Engine", "Endpoint.Address", "Endpoint.Port"])
        #expect(drift.count(.drifted) == 1)
    }

    @Test func `a resource that does not exist is missing`() throws {
        let drift = try drift(engine, .of(Stack.database.gone()))
        guard case .drifted(.missing(nil))? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(drift.findings.first?.path == nil)
    }

    @Test func `several resources where one is expected are unexpected`() throws {
        let second = ResourceID(.rdsDBInstance, "other")
        let drift = try drift(
            engine, .of([Stack.database.described: Stack.databaseContent, second.described: ["Engine": "postgres"]]))
        guard case .drifted(.unexpected(let actual))? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(actual == ["rds.db-instance/antenna-postgres", "rds.db-instance/other"])
        #expect(drift.findings.first?.note == "2 resources match, but the expectation is about one")
    }

    @Test func `'where' selects one resource of its kind`() throws {
        let yaml = """
            environment: antenna-production
            expect:
              - name: web
                resource: ec2.security-group
                where: { GroupName: { matches: "awseb-.*" } }
                is: { GroupId: sg-0a }
            """
        let groups = [Stack.group("sg-0a", "awseb-e-1"), Stack.group("sg-0b", "not-awseb-e-1")]
        #expect(try drift(yaml, .of(Dictionary(uniqueKeysWithValues: groups))).verdict == .inSync)
    }

    // MARK: What could not be seen

    @Test func `a denied facet is unseen even if its last value matches`() throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        let drift = try drift(is: "Engine: postgres", gaps: [gap])
        guard case .unseen(let unseen)? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(drift.verdict == .unseen)
        #expect(unseen.reason == "rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)")
        #expect(unseen.remedy == "allow rds:DescribeDBInstances")
    }

    @Test func `a denied facet does not affect other facets`() throws {
        let settings = FacetID(Stack.environment, "OptionSettings")
        let yaml = Baseline.expectation(
            "name: environment", "resource: elasticbeanstalk.environment", "is:", "CNAME: x\nproperties: { A: '1' }")
        let drift = try drift(
            yaml,
            .of(
                [Stack.environment.described: ["CNAME": "y"], settings: [Stack.property("A", "2")]],
                gaps: [.denied("elasticbeanstalk", "DescribeConfigurationSettings", facets: [settings])]))

        #expect(drift.findings.map { $0.path?.description } == ["CNAME", "properties"])
        #expect(drift.findings.map { if case .unseen = $0.status { true } else { false } } == [false, true])
        #expect(drift.verdict == .drifted)
    }

    @Test func `a resource is unseen if the question that leads to its kind failed`() throws {
        let gap = Gap.denied("elasticbeanstalk", "DescribeConfigurationSettings", kinds: [.rdsDBInstance])
        #expect(try drift(engine, .of([:], gaps: [gap])).verdict == .unseen)
    }

    @Test func `a resource is missing if only a question that leads elsewhere failed`() throws {
        let gap = Gap.denied("ec2", "DescribeInstances", kinds: [.ec2SecurityGroup])
        #expect(try drift(engine, .of(Stack.database.gone(), gaps: [gap])).verdict == .drifted)
    }

    @Test func `a resource that was always denied is unseen`() throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        #expect(try drift(engine, .of([:], gaps: [gap])).verdict == .unseen)
    }

    @Test func `a resource whose condition is unseen is unseen`() throws {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: x, resource: rds.db-instance, where: { Engine: postgres }, is: { MultiAZ: false } }
            """
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        #expect(try drift(yaml, .of([Stack.database.described: ["Engine": "mysql"]], gaps: [gap])).verdict == .unseen)
    }

    @Test func `a resource that may no longer be in use is unseen`() throws {
        let gap = Gap.denied(
            "elasticbeanstalk", "DescribeConfigurationSettings", facets: [Stack.database.reach],
            kinds: [.rdsDBInstance])
        let snapshot = try SnapshotView.of(
            [Stack.database.described: Stack.databaseContent, Stack.database.reach: ["reached": true]], gaps: [gap])
        #expect(try drift(engine, snapshot).verdict == .unseen)
    }

    @Test func `a resource that is no longer in use is missing, with the note that it exists`() throws {
        let drift = try drift(
            engine, .of([Stack.database.described: Stack.databaseContent, Stack.database.reach: ["reached": false]]))
        guard case .drifted(.missing(nil))? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(
            drift.findings.first?.note
                == "rds.db-instance/antenna-postgres exists, but nothing in the environment refers to it")
    }

    @Test func `a listed resource is reached like the one it belongs to`() throws {
        let yaml =
            "environment: antenna-production\nexpect: [{ name: x, resource: ec2.route-table, is: { VpcId: vpc-1 } }]"
        let (vpc, table) = (ResourceID(.ec2VPC, "vpc-1"), ResourceID(.ec2RouteTable, "vpc-1/rtb-1"))
        let facets: [FacetID: JSON] = [table.described: ["VpcId": "vpc-1"], vpc.described: [:]]
        let gap = Gap.denied("ec2", "DescribeSubnets", facets: [vpc.reach], kinds: [.ec2VPC])

        #expect(try drift(yaml, .of(facets.merging([vpc.reach: ["reached": true]]) { $1 })).verdict == .inSync)
        #expect(try drift(yaml, .of(facets.merging([vpc.reach: ["reached": false]]) { $1 })).verdict == .drifted)
        #expect(try drift(yaml, .of(facets, gaps: [gap])).verdict == .unseen)
    }

    @Test func `a load balancer is missing if it is known to be absent, and unseen if it may exist`() throws {
        let yaml =
            "environment: antenna-production\nexpect: [{ name: x, resource: elbv2.load-balancer, is: { Scheme: internal } }]"
        let elsewhere = Gap.denied("ec2", "DescribeInstances", kinds: [.ec2SecurityGroup])
        let before = Gap.denied(
            "elasticbeanstalk", "DescribeEnvironmentResources", kinds: [.elbv2LoadBalancer, .ec2Instance])

        #expect(try drift(yaml, .of([:])).verdict == .drifted)
        #expect(try drift(yaml, .of([:], gaps: [elsewhere])).verdict == .drifted)
        #expect(try drift(yaml, .of([:], gaps: [before])).verdict == .unseen)
    }

    // MARK: Age

    @Test(arguments: [(nil, .inSync), (60_000, .inSync), (59_999, .unseen)] as [(Int64?, Verdict)])
    func `a snapshot that is too old makes the verdict unseen`(maximumAge: Int64?, verdict: Verdict) throws {
        let now = Timestamp(millisecondsSince1970: Stack.start.millisecondsSince1970 + 60_000)
        let drift = try drift(
            engine, .of([Stack.database.described: Stack.databaseContent]), now: now, maximumAge: maximumAge)
        #expect(drift.verdict == verdict)
    }

    @Test func `a drift in an old snapshot stays a drift`() throws {
        let now = Timestamp(millisecondsSince1970: Stack.start.millisecondsSince1970 + 26 * 3_600_000)
        let drift = try drift(
            engine, .of([Stack.database.described: ["Engine": "mysql"]]), now: now, maximumAge: 24 * 3_600_000)
        #expect(drift.staleness == Staleness(age: .seconds(26 * 3600), maximumAge: .seconds(24 * 3600)))
        #expect(drift.verdict == .drifted)
    }

    // MARK: Operators and lists

    @Test(arguments: [
        ("Engine: { equals: postgres }", true), ("Engine: { equals: mysql }", false),
        ("Engine: { one-of: [a, postgres] }", true),
        ("Engine: { one-of: [a, b] }", false), ("Engine: { includes: gres }", true),
        ("Engine: { includes: [post, x] }", false),
        ("Engine: { excludes: my }", true), ("Engine: { excludes: [x, gres] }", false),
        ("Engine: { matches: 'p.*s' }", true), ("Engine: { matches: 'post' }", false),
        ("Engine: { matches: 'ostgre' }", false), ("AllocatedStorage: { matches: '2[0-9]' }", true),
        ("EngineVersion: { at-least: 16.9 }", true), ("EngineVersion: { at-least: '16.10' }", true),
        ("EngineVersion: { at-least: 16.11 }", false), ("EngineVersion: { at-most: 16.9 }", false),
        ("EngineVersion: { at-most: 17 }", true), ("AllocatedStorage: { at-least: 20, at-most: 20 }", true),
        ("AllocatedStorage: { at-least: 21, at-most: 30 }", false),
        ("DBName: { at-least: 1 }", false), ("Engine: { present: true }", true), ("Engine: { present: false }", false),
        ("DBName: { present: false }", true), ("DBName: { present: true }", false),
        ("TagList: { present: false }", true),
        ("Engine: { not: mysql }", true), ("Engine: { not: postgres }", false),
        ("Engine: { not: { matches: 'my.*' } }", true),
        ("DBName: { not: x }", true), ("DBName: { excludes: x }", true), ("DBName: { includes: x }", false),
        ("security-groups: [sg-0b]", true), ("security-groups: []", false),
        ("security-groups: { includes: sg-0b }", true),
        ("security-groups: { excludes: [sg-0b] }", false), ("VpcSecurityGroups: [ { Status: active } ]", true),
        ("VpcSecurityGroups: [ { Status: active }, { Status: active } ]", false),
        ("VpcSecurityGroups[sg-0b].Status: active", true),
        ("VpcSecurityGroups: { sg-0b: { Status: active } }", true),
        ("VpcSecurityGroups: { sg-9: { Status: active } }", false),
        ("Endpoint: { present: true }", true),
    ])
    func `an expectation holds or does not`(lines: String, holds: Bool) throws {
        #expect(try drift(is: lines).verdict == (holds ? .inSync : .drifted))
    }

    @Test func `what cannot be compared is unseen, and decides no condition`() throws {
        for test in ["{ at-least: 1 }", "{ not: { at-least: 1 } }"] {
            let result = try drift(is: "Engine: \(test)")
            #expect(result.verdict == .unseen)
            guard case .unseen(let unseen)? = result.findings.first?.status else {
                Issue.record("\(result.findings)")
                return
            }
            #expect(unseen.reason == "'postgres' cannot be compared with at-least 1")
            let condition = Baseline.expectation(
                "name: x", "resource: rds.db-instance", "where: { Engine: \(test) }", "is:", "MultiAZ: true")
            #expect(try drift(condition, .of([Stack.database.described: Stack.databaseContent])).verdict == .unseen)
        }
    }

    @Test func `a list matches in any order, each element once`() throws {
        func verdict(_ expected: String) throws -> Verdict {
            let yaml = Baseline.expectation("name: x", "resource: ec2.security-group", "is:", "Tags: \(expected)")
            let tags: JSON = [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"], ["Key": "c", "Value": "2"]]
            return try drift(yaml, .of(Dictionary(uniqueKeysWithValues: [Stack.group("sg-0a", "x", ["Tags": tags])])))
                .verdict
        }
        #expect(try verdict("[ { Value: 2 }, { Key: a }, { Value: 2, Key: b } ]") == .inSync)
        // Taken first, { Value: 2 } could use up the only element for { Key: b }.
        #expect(try verdict("[ { Value: 2 }, { Key: b }, { Key: a } ]") == .inSync)
        #expect(try verdict("[ { Value: 2 }, { Value: 2 }, { Value: 2 } ]") == .drifted)
        #expect(try verdict("[ { Value: 2 }, { Value: 2 } ]") == .drifted)
    }

    // MARK: Secrets

    private func drift(ofProperty expected: String) throws -> Drift {
        let yaml = Baseline.expectation("name: x", "resource: elasticbeanstalk.environment", "is:", expected)
        return try drift(
            yaml,
            .of([
                Stack.environment.described: [:],
                FacetID(Stack.environment, "OptionSettings"): [Stack.property("POSTGRES_PASSWORD", Redacted.value)],
            ]))
    }

    @Test(arguments: [
        "properties: { POSTGRES_PASSWORD: hunter2 }", "properties.POSTGRES_PASSWORD: hunter2",
        "properties: { POSTGRES_PASSWORD: { not: hunter2 } }", "properties: { POSTGRES_PASSWORD: { matches: '.*' } }",
        "properties: { POSTGRES_PASSWORD: { one-of: [a, b] } }",
    ])
    func `an expected value of a redacted one is a mistake`(expected: String) {
        let error = #expect(throws: FileError.self) { try drift(ofProperty: expected) }
        #expect(
            error?.description
                == "baseline.yml:6:7: 'properties.POSTGRES_PASSWORD' is redacted, so no value can be expected of it: expect "
                + "'present: true', or, if it is not a secret, declare its name in 'plain:' and record again")
    }

    @Test func `an element with a redacted part can be neither excluded nor included`() throws {
        for test in ["excludes", "includes"] {
            let lines = "OptionSettings: { \(test): [ { OptionName: POSTGRES_PASSWORD, Value: hunter2 } ] }"
            let error = #expect(throws: FileError.self) { try drift(ofProperty: lines) }
            #expect(error?.description.contains("'OptionSettings' is redacted") == true)
        }
        let other = "OptionSettings: { excludes: [ { OptionName: ANOTHER, Value: hunter2 } ] }"
        #expect(try drift(ofProperty: other).verdict == .inSync)
    }

    @Test(arguments: ["includes: hunter2", "excludes: hunter2", "excludes: [ zz, hunter2 ]"])
    func `a part that the redacted part of a text may contain is a mistake`(test: String) throws {
        let snapshot = try SnapshotView.of([
            Stack.database.described: ["DBName": "postgres://REDACTED@db.example/antenna"]
        ])
        func drift(_ test: String) throws -> Drift {
            try self.drift(
                Baseline.expectation("name: a", "resource: rds.db-instance", "is:", "DBName: { \(test) }"), snapshot)
        }
        let error = #expect(throws: FileError.self) { try drift(test) }
        #expect(error?.description.contains("'DBName' is redacted") == true)
        #expect(try drift("includes: db.example").verdict == .inSync)
        #expect(try drift("excludes: antenna").verdict == .drifted)
    }

    @Test func `the presence of a redacted value can be expected`() throws {
        #expect(try drift(ofProperty: "properties: { POSTGRES_PASSWORD: { present: true } }").verdict == .inSync)
        #expect(try drift(ofProperty: "properties: { POSTGRES_PASSWORD: { present: false } }").verdict == .drifted)
        #expect(try drift(ofProperty: "properties: { POSTGRES_PASSWORD: ~ }").verdict == .drifted)
    }
}
