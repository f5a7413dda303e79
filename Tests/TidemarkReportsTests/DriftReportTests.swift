import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkReports

struct DriftReportTests {
    private let mysql = Stack.requirement("Engine", .scalar(ExpectedScalar("mysql")))
    private let postgres = Stack.requirement("Engine", .scalar(ExpectedScalar("postgres")))

    @Test func `an environment in sync is one line`() throws {
        let text = try Stack.report(Stack.snapshot(), postgres).text()
        #expect(
            text == """
                antenna-production against 'A guide'
                as of 2026-11-23 20:40:43Z (@2)

                1 expectation: 1 in sync, 0 drifted, 0 unseen

                """)
    }

    @Test func `a drift shows the actual and the expected value, why and fix`() throws {
        let report = try Stack.report(Stack.snapshot(release: "v10"), mysql)
        let id = try #require(report.drift.findings.first).id
        #expect(
            report.text() == """
                antenna-production against 'A guide'
                as of 2026-11-23 20:40:43Z (@2, release v10)

                drifted  database: rds.db-instance/antenna-postgres, section 5.1
                  Engine is postgres, and should be mysql
                  id    \(id)
                  why   the guide requires it
                  fix   change it back

                1 expectation: 0 in sync, 1 drifted, 0 unseen

                """)
    }

    @Test func `an identity is followed by the label of its resource`() throws {
        let snapshot = try Stack.snapshot([
            Stack.described(Stack.database): ["VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0a"]]],
            Stack.described(Stack.group): ["GroupId": "sg-0a", "GroupName": "antenna-rds"],
        ])
        let expected = Expected.list([.scalar(ExpectedScalar("sg-0b"))])
        let report = try Stack.report(snapshot, Stack.requirement("security-groups", expected))
        let ids = report.drift.findings.map(\.id)
        #expect(
            report.text().contains(
                """
                  security-groups
                    lacks sg-0b
                    id    \(ids[0])
                    should not have sg-0a (ec2.security-group/antenna-rds)
                    id    \(ids[1])
                """))
    }

    @Test func `an unseen value names the missing permission`() throws {
        let text = try Stack.report(Stack.snapshot(gaps: [Stack.denied]), postgres).text()
        #expect(
            text == """
                antenna-production against 'A guide'
                as of 2026-11-23 20:40:43Z (@2)

                unseen  database: rds.db-instance/antenna-postgres, section 5.1
                  Engine could not be seen: rds:DescribeDBInstances about antenna-postgres denied (AccessDenied); allow rds:DescribeDBInstances
                  why   the guide requires it
                  fix   change it back

                1 expectation: 0 in sync, 0 drifted, 1 unseen
                  not seen: rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)

                """)
    }

    @Test(
        arguments: [
            ("DBName", .scalar(ExpectedScalar("a")), "DBName is not there, and should be a"),
            ("Engine", .scalar(ExpectedScalar("~")), "Engine is postgres, and should not be there"),
            ("security-groups", .list([]), "security-groups should not have sg-0a"),
            (
                "security-groups", .list([.scalar(ExpectedScalar("sg-1")), .scalar(ExpectedScalar("sg-0a"))]),
                "security-groups lacks sg-1"
            ), ("Engine", .operators([.present(false)]), "Engine is postgres, and should be absent"),
            ("DBName", .operators([.present(true)]), "DBName is missing"),
            (
                "Engine",
                .operators([
                    .oneOf([.scalar(ExpectedScalar("a")), .scalar(ExpectedScalar("b"))]),
                    .not(.scalar(ExpectedScalar("c"))),
                ]), "Engine is postgres, and should be one of a, b and anything but c"
            ),
            (
                "EngineVersion", .operators([.atLeast("16.11"), .atMost("17")]),
                "EngineVersion is not there, and should be at least 16.11 and at most 17"
            ),
            (
                "Engine", .operators([.includes([.scalar(ExpectedScalar("x"))])]),
                "Engine lacks x"
            ),
        ] as [(String, Expected, String)])
    func `a difference is a sentence`(path: String, expected: Expected, sentence: String) throws {
        let lines = try Stack.report(Stack.snapshot(), Stack.requirement(path, expected)).text().split(separator: "\n")
        #expect(lines.contains("  \(sentence)"))
    }

    @Test func `a missing resource is a finding`() throws {
        #expect(
            try Stack.report(
                Stack.snapshot([FacetID(Stack.database, Snapshot.reach): Snapshot.tombstone(wasSeen: true)]), postgres
            ).text()
                .contains(
                    "\n  no such resource was found from the environment\n"
                        + "  the expectation names none, and AWS reported at @1 that rds.db-instance/antenna-postgres does not exist\n"
                ))
    }

    @Test func `an old snapshot and an unsettled one have a warning`() throws {
        let text = try Stack.report(
            Stack.snapshot(unsettled: [.configurationPending]), postgres, maximumAge: 1000, after: 7_200_000
        ).text()
        #expect(
            text.contains(
                "as of 2026-11-23 20:40:43Z (@2); unsettled: a change of its configuration is being applied\n"))
        #expect(
            text.contains(
                "The snapshot is too old: the latest snapshot is 2 hours old, more than 1 second.\n"))
    }

    @Test func `only a terminal gets colour`() throws {
        let drift = try Stack.report(Stack.snapshot(), mysql)
        #expect(drift.text(TextStyle(isColored: true)).contains("\u{1B}[31mdrifted\u{1B}[0m"))
        #expect(Stack.controls(in: drift.text()).isEmpty)
    }

    @Test func `the JSON has the verdict, the counts and each finding`() throws {
        let drift = try Stack.report(Stack.snapshot(), mysql)
        let json = try JSON(parsing: drift.json)
        let finding = try #require(json.elements("expectations").first?.elements("findings").first)

        #expect(json["tidemark"] == 2)
        #expect(json["report"] == "drift")
        #expect(json["verdict"] == "drifted")
        #expect(json["counts"] == ["inSync": 0, "drifted": 1, "waived": 0, "notChecked": 0, "unseen": 0])
        #expect(json["stale"] == .null)
        #expect(finding["id"] == .string(try #require(drift.drift.findings.first).id.rawValue))
        #expect(finding["path"] == "Engine")
        #expect([finding["change"], finding["expected"], finding["actual"]] == ["changed", "mysql", "postgres"])
    }

    @Test func `the JSON has the reason why something is unseen`() throws {
        let json = try JSON(parsing: Stack.report(Stack.snapshot(gaps: [Stack.denied]), postgres).json)
        let finding = try #require(json.elements("expectations").first?.elements("findings").first)

        #expect(finding["verdict"] == "unseen")
        #expect(finding["remedy"] == "allow rds:DescribeDBInstances")
        #expect(json["coverage"]?.elements("gaps").first?["outcome"] == "denied")
    }

    // MARK: Hostile texts

    @Test func `no name from AWS can redraw the terminal`() throws {
        let resource = ResourceID(.rdsDBInstance, Stack.hostile)
        let gap = Gap(
            question: Stack.denied.question, outcome: .denied,
            reason: .call(.aws(code: Stack.hostile, message: Stack.hostile)),
            facets: [FacetID(Stack.group, "description")], kinds: [])
        let snapshot = try Stack.snapshot([Stack.described(resource): ["Engine": .string(Stack.hostile)]], gaps: [gap])
        let drift = try Stack.report(snapshot, mysql)

        #expect(Stack.controls(in: drift.text()).isEmpty)
        #expect(drift.text().split(separator: "\n").count == 9)
        #expect(try JSON(parsing: drift.json)["tidemark"] == 2)
    }

    @Test func `no title of a group can redraw the terminal`() throws {
        let snapshot = try Stack.snapshot([
            Stack.described(Stack.group): ["GroupId": "sg-0a", "GroupName": .string(Stack.hostile)]
        ])
        let expectation = Expectation(
            name: "group", kind: Stack.group.kind, conditions: [],
            requirements: Stack.requirement("OwnerId", .scalar(ExpectedScalar("1"))),
            info: RuleInfo(position: Position(file: "baseline.yml", line: 1, column: 1)))
        let baseline = Baseline(environment: snapshot.environment, documents: nil, expectations: [expectation])
        let drift = DriftReport(
            try Drift(of: snapshot, from: baseline, now: Stack.start, maximumAge: nil))

        #expect(Stack.controls(in: drift.text()).isEmpty)
    }
}
