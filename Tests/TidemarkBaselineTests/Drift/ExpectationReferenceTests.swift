import StrictJSON
import StrictYAML
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct ReferenceTests {
    private static let web = ResourceID(.ec2SecurityGroup, "sg-0a")
    private static let rds = ResourceID(.ec2SecurityGroup, "sg-0b")
    private static let other = ResourceID(.ec2SecurityGroup, "sg-0c")

    /// A database in the group sg-0b, which admits traffic from sg-0a.
    private static let stack: [FacetID: JSON] = [
        Stack.database.described: Stack.databaseContent,
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
    ]

    private static let withoutDatabase =
        stack.filter { $0.key.resource != Stack.database }.merging(Stack.database.gone()) { $1 }

    private static let database = "{ name: database, resource: rds.db-instance, is: { Engine: postgres } }"
    private static let access =
        "{ name: web, resource: ec2.security-group, where: { GroupName: awseb-e-1 }, is: "
        + "{ GroupId: { present: true } } }"

    private func drift(_ expectations: String..., facets: [FacetID: JSON] = stack, gaps: [Gap] = []) throws -> Drift {
        let items = expectations.map { "  - \($0)\n" }.joined()
        let baseline = try Baseline(yaml: "environment: antenna-production\nexpect:\n\(items)")
        return try Drift(
            of: .of(facets, gaps: gaps), from: baseline, now: Stack.start, maximumAge: nil)
    }

    /// The findings about the first expectation.
    private func findings(
        _ expectations: String..., facets: [FacetID: JSON] = stack, gaps: [Gap] = []
    ) throws -> [Finding] {
        let items = expectations.map { "  - \($0)\n" }.joined()
        let baseline = try Baseline(yaml: "environment: antenna-production\nexpect:\n\(items)")
        return try Drift(
            of: .of(facets, gaps: gaps), from: baseline, now: Stack.start, maximumAge: nil
        ).results[0].findings
    }

    private func group(where conditions: String, is requirements: String) -> String {
        "{ name: access, resource: ec2.security-group, where: { \(conditions) }, is: { \(requirements) } }"
    }

    // MARK: What they stand for

    @Test func `the values of a list in 'where' mean any of them`() throws {
        let access = group(where: "GroupId: '${database.security-groups}'", is: "GroupName: antenna-rds")
        #expect(try drift(access, Self.database).verdict == .inSync)
    }

    @Test(arguments: ["tcp 5432 from ${web}", "tcp 5432 from ${web.GroupId}"])
    func `an ingress rule names a resource by identity or by label`(rule: String) throws {
        let access = group(where: "GroupName: antenna-rds", is: "ingress: [ '\(rule)' ]")
        #expect(try drift(access, Self.access).verdict == .inSync)
        var facets = Self.stack
        // Two groups of one name: the rule has the identity.
        facets[Self.other.described] = ["GroupId": "sg-0c", "GroupName": "awseb-e-1", "OwnerId": "1"]
        let byID =
            "{ name: web, resource: ec2.security-group, where: { GroupId: sg-0a }, is: { GroupId: { present: true } } }"
        #expect(try drift(access, byID, facets: facets).verdict == .inSync)
    }

    @Test func `another resource than the referenced one is drift, reported by its label`() throws {
        let access = group(where: "GroupName: antenna-rds", is: "ingress: [ 'tcp 5432 from ${web}' ]")
        let web =
            "{ name: web, resource: ec2.security-group, where: { GroupName: x }, is: { GroupId: { present: true } } }"
        var facets = Self.stack
        facets[Self.other.described] = ["GroupId": "sg-0c", "GroupName": "x", "OwnerId": "1"]
        let found = try findings(access, web, facets: facets)
        #expect(missing(found) == ["tcp 5432 from ec2.security-group/x"])
        #expect(found.map(\.element?.key) == ["tcp 5432 from ${web}", "tcp 5432 from ec2.security-group/sg-0a"])
    }

    @Test(arguments: [
        ("security-groups: '${database.security-groups}'", true), ("security-groups: [ '${rds}' ]", true),
        ("security-groups: [ '${web}' ]", false), ("security-groups: { includes: '${rds}' }", true),
        ("security-groups: { excludes: [ '${rds}' ] }", false), ("security-groups: { not: [ '${web}' ] }", true),
        ("Engine: '${database.Engine}'", true), ("Engine: { one-of: [ mysql, '${database.Engine}' ] }", true),
        ("AllocatedStorage: '${database.AllocatedStorage}'", true), ("AllocatedStorage: '${database.Engine}'", false),
        ("MultiAZ: '${database.MultiAZ}'", true), ("Endpoint: '${database.Endpoint}'", true),
        ("Endpoint: { Address: '${database.Endpoint.Address}' }", true),
        ("Engine: { matches: '${database.Engine}' }", true), ("Engine: { matches: '${database.Engine}x' }", false),
        ("Endpoint.Address: { matches: '${database.Endpoint.Address}' }", true),
        ("Endpoint.Address: 'db.${database.DBName}'", false), ("Engine: '${database.DBName}'", false),
        ("DBName: '$${database}'", false),
    ])
    func `a reference can replace any value`(requirement: String, holds: Bool) throws {
        let database = "{ name: database, resource: rds.db-instance, is: { \(requirement) } }"
        let rds =
            "{ name: rds, resource: ec2.security-group, where: { GroupName: antenna-rds }, is: { GroupId: { present: true } } }"
        #expect(try findings(database, rds, Self.access).isEmpty == holds)
    }

    @Test func `a value within a regular expression matches literally`() throws {
        let odd = "db+1.example (x) [y] a|b $ ^ \\d _ - / : # & ~ % \" , ; < = > @ ` é 東"
        var facets = Self.stack
        facets[Stack.database.described] = ["Engine": .string(odd), "DBName": .string(odd)]
        let matching =
            "{ name: database, resource: rds.db-instance, is: { Engine: { matches: 'd?${database.DBName}' } } }"
        #expect(try findings(matching, facets: facets).isEmpty)
        facets[Stack.database.described] = ["Engine": "dbb1xexample", "DBName": "db+1.example"]
        #expect(try findings(matching, facets: facets).count == 1)
    }

    @Test func `a pattern that grows too large with its values is unseen`() throws {
        var facets = Self.stack
        facets[Stack.database.described] = [
            "Engine": "postgres", "DBName": .string(String(repeating: "x", count: 1_000)),
        ]
        let matching =
            "{ name: database, resource: rds.db-instance, is: { Engine: { matches: '(${database.DBName}){0,1000}' } } }"
        let found = try findings(matching, facets: facets)
        guard case .unseen(let unseen)? = found.first?.status else {
            Issue.record("not unseen: \(found)")
            return
        }
        #expect(
            unseen.reason
                == "'matches' cannot be evaluated with the values of its references: the pattern is too large: "
                + "with its repetitions written out it has more than 200000 characters")
    }

    @Test func `a text has an element for each value of a list`() throws {
        var facets = Self.stack
        facets[Stack.database.described] = [
            "Engine": "postgres",
            "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0a"], ["VpcSecurityGroupId": "sg-0b"]],
        ]
        let access = group(
            where: "GroupName: antenna-rds", is: "ingress: [ 'tcp 5432 from ${database.security-groups}' ]")
        let found = try findings(access, Self.database, facets: facets)
        #expect(missing(found) == ["tcp 5432 from ec2.security-group/antenna-rds"])
        // The element that the baseline states has two values, each of which can be a finding.
        #expect(
            found.map(\.element?.key) == [
                "tcp 5432 from ${database.security-groups}: tcp 5432 from ec2.security-group/antenna-rds"
            ])
    }

    /// The elements that findings miss, with the values of their references.
    private func missing(_ findings: [Finding]) -> [JSON] {
        findings.compactMap { finding in
            if case .drifted(.missing(let expected?)) = finding.status { expected.json } else { nil }
        }
    }

    // MARK: What stands for nothing

    @Test func `an expectation that depends on a missing resource is not checked, and names the cause`() throws {
        let access = group(where: "GroupId: '${database.security-groups}'", is: "ingress: []")
        let last =
            "{ name: last, resource: ec2.security-group, where: { GroupName: x }, is: { GroupId: '${access}' } }"
        let facets = Self.withoutDatabase.merging(Self.other.gone(titled: "x")) { $1 }
        let drift = try drift(access, last, Self.database, facets: facets)

        #expect(drift.results.map(\.status) == [.notChecked, .drifted, .drifted])
        guard case .notChecked(let cause)? = drift.findings.first?.status else { return }
        #expect(cause == "database")
        #expect(drift.exemption(for: drift.findings[0], at: .standard) == .follows("database"))
    }

    @Test func `what is not checked counts as unseen once its cause is waived`() throws {
        let access = group(where: "GroupName: antenna-rds", is: "GroupId: '${database.security-groups}'")
        let facets = Self.withoutDatabase
        let before = try drift(access, Self.database, facets: facets)
        #expect(before.verdict == .drifted && before.count(.notChecked) == 1)
        let missing = try #require(before.findings.first { $0.isDrifted })
        let yaml = """
            environment: antenna-production
            waivers: [ \(missing.waiver()) ]
            expect:
              - \(access)
              - \(Self.database)
            """
        let after = try Drift(
            of: .of(facets), from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil)
        #expect(after.results.map(\.status) == [.notChecked, .waived])
        #expect(after.verdict == .unseen)
    }

    @Test func `an unresolved reference is reported once`() throws {
        let access = group(where: "GroupName: antenna-rds", is: "ingress: '${database}', egress: '${database}'")
        #expect(try findings(access, Self.database, facets: Self.withoutDatabase).count == 1)
    }

    @Test func `a reference to several resources is unseen`() throws {
        let access = group(where: "GroupName: antenna-rds", is: "ingress: [ '${all}' ]")
        let all = "{ name: all, resource: ec2.security-group, is: { GroupId: { present: true } } }"
        guard case .unseen(let unseen)? = try findings(access, all).first?.status else {
            Issue.record("compared")
            return
        }
        #expect(unseen.reason == "it refers to 'all', which 2 resources match")
    }

    @Test func `a reference to something unseen is unseen`() throws {
        let access = group(where: "GroupName: antenna-rds", is: "GroupId: '${database.security-groups}'")
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        guard case .unseen(let unseen)? = try findings(access, Self.database, gaps: [gap]).first?.status else {
            Issue.record("compared")
            return
        }
        #expect(unseen.reason.hasPrefix("it refers to ${database.security-groups}, which could not be seen: rds:"))
        #expect(unseen.remedy == "allow rds:DescribeDBInstances")
    }

    @Test(arguments: [
        "'${database.DBName}'", "{ matches: '.*${database.DBName}' }", "{ one-of: [ '${database.DBName}' ] }",
    ])
    func `a reference to a redacted value is a mistake`(expected: String) throws {
        for secret: JSON in [Redacted.value, "postgres://REDACTED@db.example/x"] {
            var facets = Self.stack
            facets[Stack.database.described] = ["Engine": "postgres", "DBName": secret]
            let database = "{ name: database, resource: rds.db-instance, is: { Engine: \(expected) } }"
            let error = #expect(throws: FileError.self) { try drift(database, facets: facets) }
            #expect(error?.mistakes.contains { $0.message.contains("'${database.DBName}' is redacted") } == true)
        }
    }

    @Test func `a cycle that a program built is not an endless loop`() throws {
        let position = Position(file: "baseline.yml", line: 1, column: 1)
        let condition = Requirement(
            path: AttributePath([.member("GroupId")]),
            expected: .template(Template([.reference(ExpectationReference("a"))], position: position)),
            position: position)
        let baseline = Baseline(
            environment: try EnvironmentName("antenna-production"), documents: nil,
            expectations: [
                Expectation(
                    name: "a", kind: .ec2SecurityGroup, conditions: [condition], requirements: [],
                    info: RuleInfo(position: position))
            ])
        let drift = try Drift(of: .of(Self.stack), from: baseline, now: Stack.start, maximumAge: nil)
        #expect(drift.verdict == .unseen)
    }

    // MARK: What stands for too much

    private func unseen(_ findings: [Finding]) -> [String] {
        findings.compactMap { if case .unseen(let unseen) = $0.status { unseen.reason } else { nil } }
    }

    private static let tooLarge =
        "the texts with references are too large: with every combination of their values they have more than 1000000 bytes"

    @Test(arguments: [
        "Engine: '%'", "Engine: { one-of: [ '%' ] }", "security-groups: { includes: '%' }",
        "security-groups: { excludes: [ '%' ] }",
    ])
    func `a text with too many values is unseen`(requirement: String) throws {
        var facets = Self.stack
        let groups = (0..<4).map { JSON.object(["VpcSecurityGroupId": .string("sg-0\($0)")]) }
        facets[Stack.database.described] = ["Engine": "postgres", "VpcSecurityGroups": .array(groups)]
        func found(_ count: Int) throws -> [Finding] {
            let text = "x" + String(repeating: "${database.security-groups}", count: count)
            return try findings(
                "{ name: database, resource: rds.db-instance, is: { "
                    + requirement.replacing("%", with: text) + " } }", facets: facets)
        }
        #expect(try unseen(found(4)) == [])
        #expect(try unseen(found(10)) == [Self.tooLarge])
    }

    @Test func `maps in a text count too`() throws {
        var facets = Self.stack
        let groups = (0..<4).map { JSON.object(["VpcSecurityGroupId": .string("sg-0\($0)")]) }
        facets[Stack.database.described] = ["Engine": "postgres", "VpcSecurityGroups": .array(groups)]
        let text = String(repeating: "${database.VpcSecurityGroups}", count: 10)
        let database = "{ name: database, resource: rds.db-instance, is: { Engine: 'x\(text)' } }"
        #expect(try unseen(findings(database, facets: facets)) == [Self.tooLarge])
    }

    @Test func `a text with too many values in 'where' is unseen`() throws {
        let text = String(repeating: "${web}-", count: 10) + String(repeating: "x", count: 1_000)
        let access = group(where: "GroupName: '\(text)'", is: "GroupId: { present: true }")
        #expect(try unseen(findings(access, Self.access)) == [Self.tooLarge])
    }

    @Test func `all texts of a baseline share one bound, and each counts once`() throws {
        // 2^9 spellings of some 200 bytes: ten of them are too many.
        func item(_ number: Int) -> String {
            "{ name: g\(number), resource: ec2.security-group, each: true, is: { GroupName: '\(number)"
                + String(repeating: "${web}", count: 9) + "' } }"
        }
        func found(_ count: Int) throws -> Int {
            let items = ([Self.access] + (0..<count).map(item)).map { "  - \($0)\n" }.joined()
            let baseline = try Baseline(yaml: "environment: antenna-production\nexpect:\n\(items)")
            return try unseen(
                Drift(of: .of(Self.stack), from: baseline, now: Stack.start, maximumAge: nil).findings
            ).count
        }
        #expect(try found(5) == 0)
        #expect(try found(40) >= 20)
    }

    @Test func `patterns with values share that bound`() throws {
        let items = (0..<40).map { "{ matches: '(${web}\($0)){0,800}' }" }.joined(separator: ", ")
        let access = group(where: "GroupName: antenna-rds", is: "GroupId: { one-of: [ \(items) ] }")
        #expect(try unseen(findings(access, Self.access)) == [Self.tooLarge])
    }

    @Test func `a chain that a program built does not overflow the stack`() throws {
        let position = Position(file: "baseline.yml", line: 1, column: 1)
        let expectations = (0..<20_000).map { number in
            Expectation(
                name: "e\(number)", kind: .ec2SecurityGroup,
                conditions: [
                    Requirement(
                        path: AttributePath([.member("GroupId")]),
                        expected: .template(
                            Template([.reference(ExpectationReference("e\(number + 1)"))], position: position)),
                        position: position)
                ], requirements: [], info: RuleInfo(position: position))
        }
        let baseline = Baseline(
            environment: try EnvironmentName("antenna-production"), documents: nil, expectations: expectations)
        let drift = try Drift(of: .of(Self.stack), from: baseline, now: Stack.start, maximumAge: nil)
        #expect(drift.results.allSatisfy { $0.status == .unseen })
    }

    // MARK: Mistakes

    @Test(arguments: [
        (
            "Engine: ${other.Engine}",
            "'${other.Engine}' refers to no expectation: name one of this baseline, or "
                + "write $${ for a literal ${"
        ),
        ("Engine: ${databas}", "'${databas}' refers to no expectation: did you mean 'database'?"),
        (
            "Engine: ${database.Engin}",
            "'${database.Engin}' refers to no attribute: 'Engin' is not an attribute here: did you "
                + "mean 'Engine'?"
        ),
        (
            "Engine: ${database.LatestRestorableTime}",
            "'${database.LatestRestorableTime}' refers to no attribute: "
                + "'LatestRestorableTime' changes by itself and is not part of the description: nothing can be expected of it"
        ),
        ("Engine: ${database", "'${' without '}'"),
        (
            "Engine: ${}",
            "'${}' is not a reference: write ${name} or "
                + "${name.Attribute}"
        ),
        (
            "Engine: { matches: '(${database}' }",
            "invalid regular expression: '(' is not closed: add ')', or write \\( for a plain '('"
        ),
        (
            "Engine: { matches: '[${database}]' }",
            "invalid regular expression: a class cannot contain a reference"
        ),
        (
            "Engine: { matches: 'a${nowhere}' }",
            "'${nowhere}' refers to no expectation: name one of this baseline, "
                + "or write $${ for a literal ${"
        ),
        (
            "Engine: [ ${database} ]",
            "not YAML: did not find expected ',' or ']': within [ ] and { } a reference needs "
                + "quotes"
        ),
    ])
    func `an invalid reference is a mistake`(line: String, message: String) {
        let mistakes = Baseline.mistakes(
            Baseline.expectation("name: database", "resource: rds.db-instance", "is:", line))
        #expect(mistakes.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) } == [message])
    }

    @Test func `a cycle of references in 'where' is reported once`() {
        let mistakes = Baseline.mistakes(
            """
            environment: a
            expect:
              - { name: b, resource: rds.db-instance, where: { Engine: "${a.GroupName}" }, is: { MultiAZ: false } }
              - { name: a, resource: ec2.security-group, where: { GroupId: "${b.Engine}" }, is: { GroupId: x } }
              - { name: c, resource: ec2.security-group, where: { GroupId: "${c}" }, is: { GroupId: "${c}" } }
            """)
        #expect(
            mistakes == [
                "baseline.yml:4:64: circular reference in 'where': a -> b -> a",
                "baseline.yml:5:64: circular reference in 'where': c -> c",
            ])
    }
}
