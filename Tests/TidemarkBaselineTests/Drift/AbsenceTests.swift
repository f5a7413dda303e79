import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// What an expectation says when nothing is found: missing only if that is certain.
struct AbsenceTests {
    private static let other = ResourceID(.rdsDBInstance, "other")
    private static let living: [FacetID: JSON] = [
        Stack.database.described: Stack.databaseContent, Stack.database.reach: ["reached": true],
    ]

    private func drift(_ members: String, _ facets: [FacetID: JSON], gaps: [Gap] = []) throws -> Drift {
        let yaml = "environment: antenna-production\nexpect: [ { name: x, \(members) } ]"
        return try Drift(of: .of(facets, gaps: gaps), from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil)
    }

    /// `missing` or `unseen`, with the remark or the reason.
    private func result(_ members: String, _ facets: [FacetID: JSON], gaps: [Gap] = []) throws -> [String] {
        try drift(members + Self.check, facets, gaps: gaps).findings.map { finding in
            switch finding.status {
            case .drifted(.missing(nil)): "missing: \(finding.note ?? "-")"
            case .unseen(let unseen): "unseen: \(unseen.reason)"
            default: "\(finding.status)"
            }
        }
    }

    private static let check = ", is: { identity: { present: true } }"
    private static let named = "resource: rds.db-instance, where: { DBInstanceIdentifier: antenna-postgres }"
    private static let any = "resource: rds.db-instance"

    @Test func `another resource of the same title says nothing of the one that is wanted`() throws {
        let wanted = "resource: ec2.security-group, where: { GroupName: antenna-rds, Description: b }"
        let facets = [Stack.group.described: JSON.object(["GroupName": "antenna-rds", "Description": "a"])]
        #expect(
            try result(wanted, facets) == ["unseen: nothing in the environment refers to a matching ec2.security-group"]
        )
        let list = wanted.replacing("antenna-rds", with: "[ antenna-rds, b ]").replacing(
            "Description: b", with: "Description: a")
        #expect(
            try drift("\(list), count: 2", facets).findings.map(\.isUnseen) == [true])
    }

    // MARK: Gone

    @Test(
        arguments: [
            (
                named, Stack.database.gone(),
                "missing: AWS reported at @1 that rds.db-instance/antenna-postgres does not exist"
            ),
            (
                "resource: rds.db-instance, where: { identity: [ antenna-postgres ] }", Stack.database.gone(),
                "missing: AWS reported at @1 that rds.db-instance/antenna-postgres does not exist"
            ),
            (named, other.gone(), "unseen: nothing in the environment refers to rds.db-instance/antenna-postgres"),
            (
                any, other.gone(),
                "missing: the expectation names none, and AWS reported at @1 that rds.db-instance/other does not exist"
            ),
            (any, other.gone(wasSeen: false), "unseen: nothing in the environment refers to any rds.db-instance"),
            (
                "resource: rds.db-instance, where: { identity: other }", other.gone(wasSeen: false),
                "missing: AWS reported at @1 that rds.db-instance/other does not exist"
            ),
            (any, [:], "unseen: nothing in the environment refers to any rds.db-instance"),
            (
                "resource: rds.db-instance, where: { Engine: mysql }", living,
                "unseen: nothing in the environment refers to a matching rds.db-instance"
            ),
            // The named one is there, and differs.
            (
                "resource: rds.db-instance, where: { identity: antenna-postgres, Engine: mysql }", living, "missing: -"
            ),
            (
                "resource: rds.db-instance, where: { identity: [ antenna-postgres, other ], Engine: mysql }", living,
                "unseen: nothing in the environment refers to rds.db-instance/other"
            ),
            (
                "resource: rds.db-instance, where: { identity: { matches: 'anten.*' } }", other.gone(),
                "unseen: nothing in the environment refers to a matching rds.db-instance"
            ),
        ] as [(String, [FacetID: JSON], String)])
    func `a resource is missing if AWS reported that it does not exist`(
        members: String, facets: [FacetID: JSON], expected: String
    ) throws {
        #expect(try result(members, facets) == [expected])
    }

    @Test(arguments: [
        ("GroupName: antenna-rds", "antenna-rds", true), ("GroupName: antenna-rds", "antenna-redis", false),
        ("GroupName: { matches: 'antenna-.*' }", "antenna-rds", true),
        ("GroupName: { matches: 'x.*' }", "antenna-rds", false), ("GroupName: antenna-rds", nil, false),
        ("GroupId: sg-0a", "antenna-rds", true), ("GroupId: sg-0b", "antenna-rds", false),
        ("identity: sg-0a, Description: a", "antenna-rds", true), ("Description: a", "antenna-rds", true),
    ])
    func `what is gone is known by its identity and the title that it had`(
        condition: String, title: String?, isMissing: Bool
    ) throws {
        let found = try result(
            "resource: ec2.security-group, where: { \(condition) }", Stack.group.gone(titled: title))
        #expect(found.first?.hasPrefix(isMissing ? "missing: " : "unseen: ") == true, "\(found)")
    }

    @Test func `a gap leaves a resource unseen that was gone before`() throws {
        let gap = Gap.denied("elasticbeanstalk", "DescribeConfigurationSettings", kinds: [.rdsDBInstance])
        let found = try result(Self.named, Stack.database.gone(), gaps: [gap])
        #expect(found == ["unseen: elasticbeanstalk:DescribeConfigurationSettings denied (AccessDenied)"])
    }

    @Test func `a resource that exists again is found`() throws {
        let facets = Self.living.merging([Stack.database.reach: ["gone": true]]) { $1 }
        #expect(try drift(Self.named + ", is: { Engine: postgres }", facets).verdict == .inSync)
    }

    // MARK: Listed wholly

    private static let repository = ResourceID(.ecrRepository, "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna")
    private static let tag = "resource: ecr.tag, where: { identity: '\(repository.identity):v1' }"

    @Test(
        arguments: [
            ("resource: ecs.container, where: { identity: django }", [:], "missing: -"),
            ("resource: ec2.instance", [:], "missing: -"),
            ("resource: elasticbeanstalk.environment, where: { identity: another }", [:], "missing: -"),
            ("resource: ecr.image", [:], "missing: -"),
            (tag, [repository.described: [:]], "missing: -"),
            (tag, [:], "unseen: nothing in the environment refers to \(repository)"),
            (tag, repository.gone(), "missing: AWS reported at @1 that \(repository) does not exist"),
            ("resource: ecr.tag, where: { imageTag: v1 }", [repository.described: [:]], "missing: -"),
            (
                "resource: ecr.tag, where: { imageTag: v1 }", [:],
                "unseen: nothing in the environment refers to any ecr.repository"
            ),
            (
                "resource: ecr.tag, where: { imageTag: v1 }", repository.gone(),
                "missing: the expectation names none, and AWS reported at @1 that \(repository) does not exist"
            ),
            // Only the alarms that watch something of the environment are on its list.
            (
                "resource: cloudwatch.alarm, where: { AlarmName: cpu }", [:],
                "unseen: nothing in the environment refers to cloudwatch.alarm/cpu"
            ),
        ] as [(String, [FacetID: JSON], String)])
    func `a resource that no complete list has is missing`(
        members: String, facets: [FacetID: JSON], expected: String
    ) throws {
        #expect(try result(members, facets) == [expected])
    }

    @Test(arguments: ["ecs.container", "ec2.instance", "ecr.tag"])
    func `a list that was not answered is not complete`(kind: String) throws {
        let gap = Gap.denied("ecs", "ListTasks", kinds: [Kind(rawValue: kind)])
        let facets = [Self.repository.described: JSON.object([:])]
        #expect(try result("resource: \(kind)", facets, gaps: [gap]) == ["unseen: ecs:ListTasks denied (AccessDenied)"])
    }

    // MARK: The way out

    @Test(
        arguments: [
            (named, .observeToo(.rdsDBInstance, identities: ["antenna-postgres"])),
            (any, .observeToo(.rdsDBInstance, identities: [])),
            ("resource: ec2.security-group, where: { GroupName: a }", .observeToo(.ec2SecurityGroup, identities: [])),
            (
                "resource: ec2.security-group, where: { GroupId: sg-1 }",
                .observeToo(.ec2SecurityGroup, identities: ["sg-1"])
            ),
            ("resource: iam.role, where: { RoleName: r }", .observeToo(.iamRole, identities: ["r"])),
            (tag, .observeToo(.ecrRepository, identities: [repository.identity])),
            // Only an ARN can be listed.
            ("resource: secretsmanager.secret, where: { ARN: a }", .observeToo(.secretsManagerSecret, identities: [])),
        ] as [(String, Remedy)])
    func `an unseen resource names what would reach it`(members: String, remedy: Remedy) throws {
        guard case .unseen(let unseen)? = try drift(members + Self.check, [:]).findings.first?.status else {
            Issue.record("not unseen")
            return
        }
        #expect(unseen.remedy == remedy)
    }

    @Test func `what depends on an unseen resource is unseen too, and names what would reach it`() throws {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: group, resource: ec2.security-group, where: { GroupId: "${database.security-groups}" }, is: { GroupName: a } }
              - { name: database, \(Self.named), is: { Engine: postgres } }
            """
        let drift = try Drift(of: .of([:]), from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil)
        #expect(drift.results.map(\.status) == [.unseen, .unseen] && drift.verdict == .unseen)
        guard case .unseen(let unseen)? = drift.findings.first?.status else { return }
        #expect(
            unseen.reason == "it refers to 'database', which could not be seen: "
                + "nothing in the environment refers to rds.db-instance/antenna-postgres")
        #expect(unseen.remedy == .observeToo(.rdsDBInstance, identities: ["antenna-postgres"]))
    }

    // MARK: Counts

    @Test(
        arguments: [
            ("count: 1", [:], ["unseen"]), ("count: { at-least: 1 }", [:], ["unseen"]), ("count: 0", [:], []),
            ("count: { at-most: 1 }", [:], []), ("count: 1", other.gone(), ["drifted"]),
            ("count: { at-least: 1 }", Stack.database.gone(), ["drifted"]), ("count: 2", living, ["drifted"]),
            ("\(both), count: 1", living, []),
            ("\(both), count: 2", living.merging(other.gone()) { $1 }, ["drifted"]),
            ("where: { Engine: [ postgres ] }, count: 2", living, ["drifted"]),
        ] as [(String, [FacetID: JSON], [String])])
    func `resources are a certain number only if that is known`(
        members: String, facets: [FacetID: JSON], expected: [String]
    ) throws {
        let found = try drift("\(Self.any), \(members)", facets).findings.map { $0.isDrifted ? "drifted" : "unseen" }
        #expect(found == expected)
    }

    private static let both = "where: { identity: [ antenna-postgres, other ] }"

    @Test func `a count names the resource that was not found among those that its conditions name`() throws {
        let found = try drift("\(Self.any), \(Self.both), count: 2", Self.living).findings.map(\.status)
        guard case .unseen(let unseen)? = found.first, found.count == 1 else {
            Issue.record("\(found)")
            return
        }
        #expect(unseen.reason == "nothing in the environment refers to rds.db-instance/other")
        #expect(unseen.remedy == .observeToo(.rdsDBInstance, identities: ["other"]))
    }
}
