import StrictJSON
import StrictYAML
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct BaselineTests {
    @Test func `a baseline keeps every key`() throws {
        let baseline = try Baseline(
            yaml: """
                environment: antenna-production
                documents: A guide
                expect:
                  - name: database
                    resource: rds.db-instance
                    where: { DBInstanceIdentifier: antenna-postgres }
                    section: "5.1"
                    is:
                      Engine: postgres
                      Endpoint: { Port: 5432 }
                    why: it is documented
                    fix: do it
                """)
        let expectation = try #require(baseline.expectations.first)

        #expect(baseline.environment.rawValue == "antenna-production")
        #expect(baseline.documents == "A guide")
        #expect(expectation.kind == .rdsDBInstance)
        #expect(expectation.info.section == "5.1")
        #expect([expectation.info.why, expectation.info.fix] == ["it is documented", "do it"])
        #expect(expectation.conditions.map(\.path.description) == ["DBInstanceIdentifier"])
        #expect(expectation.requirements.map(\.path.description) == ["Engine", "Endpoint"])
        #expect(
            expectation.requirements.map(\.position) == [
                Position(file: "baseline.yml", line: 9, column: 7), Position(file: "baseline.yml", line: 10, column: 7),
            ])
    }

    // MARK: Mistakes

    @Test func `a resource in the place of a kind is a mistake that says where its identity goes`() {
        #expect(
            Baseline.mistakes(
                "environment: a\nexpect:\n  - { name: x, resource: ecs.container/django, is: { image: x } }\n") == [
                    "baseline.yml:3:26: 'ecs.container/django' is a resource, and 'resource' takes a kind: write ecs.container, "
                        + "and the rest in 'where: { identity: django }'"
                ])
    }

    @Test func `all mistakes are reported in one run, in the order of the file`() {
        let mistakes = Baseline.mistakes(
            """
            environment: a b
            document: A guide
            expect:
              - nam: database
                resource: rds.db-instanc
                is: { Engine: postgres }
              - name: other
                resource: rds.db-instance
                is: { Engin: postgres, Endpoint: { Prt: 5432 } }
              - name: other
                resource: rds.db-instance
            """)
        #expect(
            mistakes == [
                "baseline.yml:1:14: 'a b' cannot name an environment: a name has 1 to 100 characters, without spaces and "
                    + "slashes: choose one such as 'antenna-production'",
                "baseline.yml:2:1: unknown key 'document' in a baseline: did you mean 'documents'?",
                "baseline.yml:4:5: unknown key 'nam' in an expectation: did you mean 'name'?",
                "baseline.yml:4:5: an expectation needs 'name:'",
                "baseline.yml:5:15: unknown kind 'rds.db-instanc': did you mean 'rds.db-instance'?",
                "baseline.yml:9:11: 'Engin' is not an attribute here: did you mean 'Engine'?",
                "baseline.yml:9:28: 'Prt' is not an attribute here: did you mean 'Port'?",
                "baseline.yml:10:5: the expectation 'other' needs 'is:'",
                "baseline.yml:10:5: duplicate name 'other': each expectation needs a name of its own",
            ])
    }

    @Test func `references are checked in an expectation with a duplicate name too`() {
        let mistakes = Baseline.mistakes(
            """
            environment: a
            expect:
              - { name: a, resource: rds.db-instance, is: { Engine: postgres } }
              - { name: a, resource: rds.db-instance, is: { Engine: "${nothing}" } }
            """)
        #expect(
            mistakes == [
                "baseline.yml:4:5: duplicate name 'a': each expectation needs a name of its own",
                "baseline.yml:4:57: '${nothing}' refers to no expectation: name one of this baseline, or write $${ for a "
                    + "literal ${",
            ])
    }

    @Test(arguments: [
        ("", "1:1: the file is empty"), ("# nothing\n", "1:1: the file is empty"),
        ("- a\n", "1:1: a baseline must be a map, and this is a list"),
        ("a\n", "1:1: a baseline must be a map, and this is a single value"),
        ("environment: a\n", "1:1: a baseline needs 'expect:', a list of expectations"),
        ("environment: a\nexpect: []\n", "2:9: 'expect' must be a list of expectations, and it is empty"),
        ("environment: a\nexpect: { b: c }\n", "2:9: 'expect' must be a list of expectations, and this is a map"),
        ("environment: a\nexpect: [ b ]\n", "2:11: an expectation must be a map, and this is a single value"),
        (
            "environment: a\nunheard-of: 1\nexpect: []\n",
            "2:1: unknown key 'unheard-of' in a baseline: known are extends, environment, documents, expect, remove, "
                + "unexpected, releases, history, rules, not-followed, waivers"
        ),
        ("environment: [ a ]\nexpect: []\n", "1:14: 'environment' must be a text, and this is a list"),
        ("environment:\nexpect: []\n", "1:13: 'environment' is empty"),
        ("environment: a\nexpect:\n\t- name: b\n", "3:1: not YAML: found character that cannot start any token"),
        ("environment: a\nexpect: [\n", "3:1: not YAML: did not find expected node content"),
        ("environment: a\nenvironment: b\nexpect: []\n", "2:1: this key occurs twice in its map"),
        ("environment: a\n--- \nenvironment: b\n", "2:1: not YAML: but found another document"),
        ("environment: *nobody\n", "1:14: not YAML: found undefined alias"),
    ])
    func `a file that is not a baseline is refused with position and reason`(text: String, mistake: String) {
        #expect(Baseline.mistakes(text).first == "baseline.yml:\(mistake)")
    }

    @Test(arguments: [
        ("Engin: postgres", "6:7: 'Engin' is not an attribute here: did you mean 'Engine'?"),
        ("security-group: []", "6:7: 'security-group' is not an attribute here: did you mean 'security-groups'?"),
        ("name: x", "6:7: 'name' is not an attribute here: the name that distinguishes a resource is its 'identity'"),
        ("Qwertyuiop: 1", "6:7: 'Qwertyuiop' is not an attribute here, and no attribute has a similar name"),
        ("Endpoint.Prt: 5432", "6:7: 'Prt' is not an attribute here: did you mean 'Port'?"),
        ("Endpoint: { Prt: 5432 }", "6:7: 'Prt' is not an attribute here: did you mean 'Port'?"),
        ("VpcSecurityGroups: [ { Statu: active } ]", "6:7: 'Statu' is not an attribute here: did you mean 'Status'?"),
        ("TagList[antenna].Valu: x", "6:7: 'Valu' is not an attribute here: did you mean 'Value'?"),
        ("Endpoint: { equals: { Prt: 5432 } }", "6:7: 'Prt' is not an attribute here: did you mean 'Port'?"),
        (
            "VpcSecurityGroups: { includes: [ { Statu: active } ] }",
            "6:7: 'Statu' is not an attribute here: did you mean 'Status'?"
        ),
        ("a[: 1", "6:7: 'a[' is not an attribute"),
        ("Engine: { matches: [ a ] }", "6:26: 'matches' needs a regular expression"),
        ("EngineVersion: { at-least: seven }", "6:34: 'at-least' needs a number such as 7.1"),
        ("Engine: { present: maybe }", "6:26: 'present' is true or false"),
        ("Engine: a\nEngine: b", "7:7: this key occurs twice in its map"),
    ])
    func `a mistake in an expectation has its position and reason`(lines: String, mistake: String) {
        let yaml = Baseline.expectation("name: database", "resource: rds.db-instance", "is:", lines)
        #expect(Baseline.mistakes(yaml) == ["baseline.yml:\(mistake)"])
    }

    @Test func `an unknown kind without a similar name lists all kinds`() {
        let yaml = Baseline.expectation("name: x", "resource: lambda.function", "is:", "A: 1")
        let kinds = KindRegistry.all.definitions.map(\.kind.rawValue).joined(separator: ", ")
        #expect(
            Baseline.mistakes(yaml) == [
                "baseline.yml:4:15: unknown kind 'lambda.function': the known kinds are \(kinds)"
            ])
        #expect(kinds.contains("ec2.security-group"))
    }

    @Test func `a mistake escapes control characters`() {
        let mistakes = Baseline.mistakes("environment: \"a\\e[2J\"\n\"b\\u202E\": 1\nexpect: []\n")
        #expect(mistakes.count == 3)
        #expect(mistakes.allSatisfy { $0.printable == $0 })
    }

    // MARK: YAML's traps

    /// The compared value decides the type of a scalar, whatever YAML 1.1 makes of it.
    @Test(
        arguments: [
            ("Engine: no", "no"), ("Engine: 7.10", "7.10"), ("Engine: 012", "012"), ("Engine: 1:30:00", "1:30:00"),
            ("Engine: 5432", "5432"), ("Engine: True", "True"), ("Engine: 2026-11-23", "2026-11-23"),
            ("Engine: 0x1F", "0x1F"),
            ("Engine: 1_000", "1_000"), ("Engine: 'null'", "null"), ("Engine: '~'", "~"), ("Engine: ''", ""),
            ("MultiAZ: True", true),
            ("MultiAZ: FALSE", false), ("AllocatedStorage: 20", 20), ("AllocatedStorage: '20'", 20),
            ("AllocatedStorage: 2e1", 20),
            ("AllocatedStorage: 20.0", 20), ("Engine: ~", nil), ("Engine:", nil), ("Engine: null", nil),
            ("Engine: !!int 5", "5"),
        ] as [(String, JSON)])
    func `a scalar matches the value it spells`(lines: String, value: JSON) throws {
        #expect(try holds(lines, value))
    }

    @Test(
        arguments: [
            ("MultiAZ: no", false), ("MultiAZ: yes", true), ("MultiAZ: 0", false), ("AllocatedStorage: 012", 10),
            ("AllocatedStorage: 012", 12), ("AllocatedStorage: 1:30:00", 5400), ("Engine: 7.1", "7.10"),
            ("Engine: true", "True"),
            ("Engine: ~", ""), ("Engine: '~'", nil), ("Engine: ''", nil), ("Engine: postgres", "Postgres"),
            ("Engine: \u{E9}", "e\u{301}"), ("AllocatedStorage: lots", .number(JSONNumber("1e1000000")!)),
        ] as [(String, JSON)])
    func `a scalar matches no other value`(lines: String, value: JSON) throws {
        #expect(try !holds(lines, value))
    }

    private func holds(_ lines: String, _ value: JSON) throws -> Bool {
        let requirement = try #require(try Baseline.database(is: lines).expectations.first?.requirements.first)
        return Comparison(rules: [:]).match(requirement.expected, value, AttributePattern()) == .holds
    }

    @Test func `an alias repeats its anchor`() throws {
        let baseline = try Baseline.database(
            is:
                "Endpoint: { Port: &port 5432 }\nEndpoint.Port: { present: true }\nTagList: { excludes: [ { Value: *port } ] }"
        )
        #expect(baseline.expectations.first?.requirements.count == 3)
    }

    @Test(.timeLimit(.minutes(10))) func `aliases that grow exponentially are a mistake, not a crash`() {
        let bomb = (1...20).map {
            "Engine\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
        }
        let mistakes = Baseline.mistakes(
            Baseline.expectation(
                "name: x", "resource: rds.db-instance", "is:", "Engine: &a0 [x]\n" + bomb.joined(separator: "\n")))
        #expect(mistakes.contains { $0.contains("the file is too large") })
    }

    @Test(.timeLimit(.minutes(10))) func `a file of 10 MB is refused in one line`() {
        let line =
            "  - { name: x, resource: rds.db-instance, is: { Engine: \(String(repeating: "p", count: 1000)) } }\n"
        let text = "environment: a\nexpect:\n" + String(repeating: line, count: 10_000)
        let mistake = "baseline.yml:1:1: the file is too large: it has 10.1 MiB, and no more than 4 are read"
        #expect(Baseline.mistakes(text) == [mistake])
        // One that is just small enough is read, and every mistake in it is reported.
        let smaller = "environment: a\nexpect:\n" + String(repeating: line, count: 3_900)
        #expect(Baseline.mistakes(smaller).count == 3_899)
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: ["*a20 : 1", "[ *a20 ]: 1", "? *a20", "? [ *a20 ]", "{ { b: *a20 }: 1 }"])
    func `a key that grows exponentially is a mistake, not a hang`(key: String) {
        let bomb = (1...20).map { "- &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]" }
        let yaml = "a:\n- &a0 [x]\n" + bomb.joined(separator: "\n") + "\n" + key + "\n"
        #expect(Baseline.mistakes(yaml) == ["baseline.yml:23:1: among so many aliases a key must be a plain text"])
    }

    @Test func `unclosed quotes and references are read once`() {
        let aliases = Array(repeating: "*a", count: 50).joined(separator: ", ")
        let yaml = "a: [\(aliases)]\nb: \(String(repeating: "${", count: 100_000))\n"
        #expect(Baseline.mistakes(yaml) == ["baseline.yml:1:5: not YAML: found undefined alias"])
        let statusSignals = Baseline.expectation(
            "name: a", "resource: rds.db-instance", "is:", "Engine: '\(String(repeating: "$${", count: 100_000))'")
        #expect(Baseline.mistakes(statusSignals).isEmpty)
    }

    @Test func `a line with a mistake in every value is read once`() throws {
        let values = (0..<2_000).map { "{ name: a\($0), resource: rds.db-instance, is: { Engine: { matches: '(' } } }" }
        let yaml = "environment: a\nexpect: [ \(values.joined(separator: ", ")) ]\n"
        let error = try #require(throws: FileError.self) { try Baseline(yaml: yaml) }
        #expect(error.mistakes.count == 2_000)
        for mistake in error.mistakes {
            let (text, offset) = try #require(error.source(of: mistake))
            #expect(text.dropFirst(offset).hasPrefix("(' } } }"))
        }
    }

    @Test func `an alias can be repeated as a value`() throws {
        let lines = (1...60).map { "TagList[t\($0)].Value: *port" }.joined(separator: "\n")
        let matching = "Engine: { matches: \"a${x}:.*\" }"
        let mistakes = Baseline.mistakes(
            Baseline.expectation(
                "name: x", "resource: rds.db-instance", "is:", "DBName: &port 5432\n\(lines)\n\(matching)"))
        #expect(mistakes == [])
    }

    private func nested(_ depth: Int) -> String {
        let value = String(repeating: "[", count: depth) + "a" + String(repeating: "]", count: depth)
        return Baseline.expectation("name: x", "resource: rds.db-instance", "is:", "TagList: \(value)")
    }

    @Test func `only values that are nested too deeply are refused`() {
        #expect(
            Baseline.mistakes(nested(100_000)).first?.hasSuffix(": lists and maps are nested too deeply here") == true)

        #expect(Baseline.mistakes(nested(500)).count == 1)
    }

    @Test func `a list in 'where' means any of its elements`() throws {
        let baseline = try Baseline(
            yaml: """
                environment: a
                expect:
                  - { name: x, resource: rds.db-instance, where: { Engine: [ mysql, postgres ] }, is: { MultiAZ: false } }
                """)
        let condition = try #require(baseline.expectations.first?.conditions.first)
        let comparison = Comparison(rules: [:])

        #expect(comparison.match(condition.expected, "postgres", AttributePattern()) == .holds)
        #expect(comparison.match(condition.expected, "oracle", AttributePattern()) == .differs)
    }

    @Test func `a map of operators has no other keys`() throws {
        let baseline = try Baseline.database(
            is: "Engine: { not: x, present: true }\nEndpoint: { Port: 5432, Address: x }")
        let expected = try #require(baseline.expectations.first?.requirements.map(\.expected))

        if case .operators(let operators) = expected[0] {
            #expect(operators.count == 2)
        } else {
            Issue.record("no operators")
        }
        if case .map(let members) = expected[1] { #expect(members.count == 2) } else { Issue.record("no map") }
        #expect(
            Baseline.mistakes(
                Baseline.expectation("name: x", "resource: rds.db-instance", "is:", "Engine: { not: x, presnt: true }")
            ) == [
                "baseline.yml:6:25: 'presnt' is not an operator, unlike the other keys of its map: did you mean 'present'?"
            ])
    }

    @Test(arguments: [
        ("Engine: { nott: x }", "'nott' is neither a member of 'Engine' nor an operator"),
        ("TagList: { exclude: [ x ] }", "'exclude' is neither a member of 'TagList' nor an operator"),
        (
            "Engine: [ postgres ]",
            "'Engine' is a single value, and a list is expected of it: for any of several values write 'one-of'"
        ),
        (
            "TagList: postgres",
            "'TagList' is a list, and a single value is expected of it: write [ ] around it, or use 'includes'"
        ),
        ("Engine: {}", "the map is empty: name a member or an operator"),
        (
            "security-groups: { include: [ sg-1 ] }",
            "'include' is neither a member of 'security-groups' nor an operator"
        ),
        ("LatestRestorableTime: { present: false }", "'LatestRestorableTime' changes by itself"),
        (
            "DBInstanceStatus: available",
            "'DBInstanceStatus' changes by itself and is not part of the description: expect 'DBInstanceStatus' under"
        ),
    ])
    func `a requirement with only one possible result is a mistake`(lines: String, mistake: String) {
        let mistakes = Baseline.mistakes(
            Baseline.expectation("name: x", "resource: rds.db-instance", "is:", lines))
        #expect(mistakes.count == 1 && mistakes[0].contains(mistake), "\(mistakes)")
    }
}
