import StrictYAML
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct ExtendsTests {
    private static let base = """
        environment: antenna-production
        documents: A guide
        unexpected: { ec2.vpc: error, ecr.repository: error }
        releases: { commit: required, by: required, section: "7" }
        waivers: [ { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: b, until: 2026-12-31 } ]
        expect:
          - name: database
            resource: rds.db-instance
            where: { DBInstanceIdentifier: antenna-postgres }
            section: "5.1"
            is: { Engine: postgres, MultiAZ: false, Endpoint: { Port: 5432, Address: x } }
            why: the guide requires it
          - { name: other, resource: ec2.vpc, is: { VpcId: { present: true } } }
        """

    /// Parses one of several files.
    private func read(_ text: String, file: String = "baseline.yml", _ others: [String: String] = [:]) throws
        -> Baseline
    {
        try Baseline(yaml: text, file: file, kinds: .all, attributes: SomeAttributes()) { name, _ throws(Failure) in
            if let text = others[name] ?? (name == "base.yml" ? Self.base : nil) { return text }
            throw Failure(.notFound, "no baseline at '\(name)'")
        }
    }

    private func mistakes(_ text: String, file: String = "baseline.yml", _ others: [String: String] = [:]) -> [String] {
        do {
            _ = try read(text, file: file, others)
            return []
        } catch {
            return (error as? FileError)?.lines ?? ["\(error)"]
        }
    }

    private func expected(_ baseline: Baseline, _ name: String = "database") -> [String: String] {
        let requirements = baseline.expectations.first { $0.name == name }?.requirements ?? []
        return Dictionary(uniqueKeysWithValues: requirements.map { ($0.path.description, $0.expected.json.canonical) })
    }

    @Test func `a member that is not overridden is inherited`() throws {
        let baseline = try read("extends: base.yml\n")
        #expect(baseline.environment.rawValue == "antenna-production")
        #expect(baseline.documents == "A guide")
        #expect(baseline.expectations.map(\.name) == ["database", "other"])
        #expect(baseline.unexpected.count == 2 && baseline.waivers.count == 1)
        #expect(baseline.expectations.map(\.info.position.file) == ["base.yml", "base.yml"])
        #expect(baseline.files.map(\.name) == ["baseline.yml", "base.yml"])
    }

    @Test func `an expectation overrides the one of its name, attribute by attribute`() throws {
        let baseline = try read(
            """
            extends: base.yml
            expect:
              - { name: database, is: { MultiAZ: true, Endpoint: { Port: 5433 } }, fix: do it, severity: warning }
              - { name: new, resource: ec2.vpc, is: { VpcId: vpc-1 } }
            """)
        let database = try #require(baseline.expectations.first)
        #expect(
            expected(baseline) == [
                "Engine": "\"postgres\"", "MultiAZ": "\"true\"", "Endpoint": "{\"Address\":\"x\",\"Port\":\"5433\"}",
            ])
        #expect(
            [database.info.section, database.info.why, database.info.fix] == ["5.1", "the guide requires it", "do it"])
        #expect(database.info.severity == .warning)
        #expect(database.conditions.count == 1)
        #expect(baseline.expectations.map(\.name) == ["database", "other", "new"])
    }

    @Test func `'exact' is inherited and can be overridden`() throws {
        let base = try read("extends: base.yml\nexpect: [ { name: database, exact: true } ]\n")
        #expect(base.expectations.map(\.isExact) == [true, false])
        let exact = "environment: a\nexpect: [ { name: a, resource: ec2.vpc, is: { VpcId: x }, exact: true } ]\n"
        for (said, isExact) in [("is: { VpcId: y }", true), ("exact: false", false)] {
            let over = try Baseline(
                yaml: "extends: exact.yml\nexpect: [ { name: a, \(said) } ]\n", file: "baseline.yml",
                kinds: .all, attributes: SomeAttributes()
            ) { _, _ in exact }
            #expect(over.expectations.map(\.isExact) == [isExact])
        }
    }

    @Test(arguments: [
        ("Endpoint.Port: 1", ["Endpoint": "{\"Address\":\"x\"}", "Endpoint.Port": "\"1\""]),
        ("Endpoint: { present: true }", ["Endpoint": "{\"present\":true}"]),
        ("Endpoint: { Port: { at-least: 1 } }", ["Endpoint": "{\"Address\":\"x\",\"Port\":{\"at-least\":\"1\"}}"]),
    ])
    func `an attribute is overridden in any spelling`(
        line: String, endpoint: [String: String]
    ) throws {
        let baseline = try read("extends: base.yml\nexpect:\n  - { name: database, is: { \(line) } }\n")
        #expect(expected(baseline).filter { $0.key.hasPrefix("Endpoint") } == endpoint)
    }

    @Test func `'where' overrides all conditions`() throws {
        let baseline = try read("extends: base.yml\nexpect: [ { name: database, where: { Engine: mysql } } ]\n")
        #expect(baseline.expectations[0].conditions.map(\.path.description) == ["Engine"])
    }

    @Test func `the name of a removed expectation can be used again`() throws {
        #expect(try read("extends: base.yml\nremove: [ other ]\n").expectations.map(\.name) == ["database"])
        let baseline = try read(
            "extends: base.yml\nremove: [ database ]\nexpect: [ { name: database, resource: ec2.vpc, is: { VpcId: x } } ]\n"
        )
        #expect(baseline.expectations.map(\.kind) == [.ec2VPC, .ec2VPC])
    }

    @Test func `the other rules are overridden too`() throws {
        let baseline = try read(
            """
            extends: base.yml
            environment: antenna-staging
            unexpected: { ec2.vpc: note, ecr.repository: ignore }
            releases: { by: { matches: x }, run-url: required }
            """)
        #expect(baseline.environment.rawValue == "antenna-staging")
        #expect(baseline.unexpected.map(\.info.severity) == [.note])
        #expect(baseline.releases?.requirements.map(\.path.description) == ["commit", "by", "run-url"])
        #expect(baseline.releases?.info.section == "7")
        // The ids of another environment's findings are others.
        #expect(baseline.waivers.isEmpty)
    }

    @Test func `'history' is overridden member by member`() throws {
        let middle = "extends: base.yml\nhistory: { environments: [ a, b ], section: '9' }\n"
        let baseline = try read(
            "extends: middle.yml\nhistory: { environments: [ c ], fix: record it }\n", ["middle.yml": middle])
        #expect(baseline.history?.environments.map(\.rawValue) == ["c"])
        #expect(baseline.history?.info.section == "9" && baseline.history?.info.fix == "record it")
    }

    @Test func `a chain of files is read from its end`() throws {
        let middle = "extends: base.yml\nexpect: [ { name: database, is: { MultiAZ: true } } ]\n"
        let baseline = try read(
            "extends: middle.yml\nexpect: [ { name: database, is: { Engine: mysql } } ]\n", ["middle.yml": middle])
        #expect(expected(baseline)["MultiAZ"] == "\"true\"" && expected(baseline)["Engine"] == "\"mysql\"")
    }

    // MARK: Files

    @Test(arguments: [
        ("base.yml", "baseline.yml", "base.yml"), ("./base.yml", "a/b.yml", "a/base.yml"),
        ("../base.yml", "a/b.yml", "base.yml"), ("../base.yml", "b.yml", "../base.yml"),
        ("/c/base.yml", "a/b.yml", "/c/base.yml"), ("base.yml", "/a/../b.yml", "/base.yml"),
        ("shipped:antenna/documented", "a/b.yml", "shipped:antenna/documented"),
        ("documented", "shipped:antenna/hardened", "shipped:antenna/documented"),
    ])
    func `a name is relative to the file that contains it`(name: String, file: String, path: String) {
        #expect(FilePath.resolve(name, beside: file) == path)
    }

    @Test(arguments: ["export TOKEN=hunter2", "token: hunter2", "[a]\naws_secret = hunter2", "hunter2: [", ""])
    func `an extended file that is not a baseline is not quoted`(text: String) {
        #expect(
            mistakes("extends: other\n", ["other": text]) == [
                "baseline.yml:1:10: 'other' is not a baseline: check that file by itself"
            ])
    }

    @Test func `circular and endless 'extends' are mistakes`() {
        let loop = ["a.yml": "extends: ./b.yml\n", "b.yml": "extends: x/../baseline.yml\n"]
        #expect(
            mistakes("extends: a.yml\n", loop) == [
                "b.yml:1:10: circular 'extends': baseline.yml -> a.yml -> b.yml -> baseline.yml"
            ])
        let endless = Dictionary(uniqueKeysWithValues: (0...20).map { ("\($0).yml", "extends: \($0 + 1).yml\n") })
        #expect(
            mistakes("extends: 0.yml\n", endless).first?.contains("'extends' in more than 10 files: ") == true
        )
    }

    // MARK: Mistakes

    @Test(arguments: [
        ("extends: nowhere.yml\n", "baseline.yml:1:10: no baseline at 'nowhere.yml'"),
        ("extends: [ base.yml ]\n", "baseline.yml:1:10: 'extends' must be a text, and this is a list"),
        (
            "extends: base.yml\nremove: [ databse ]\n",
            "baseline.yml:2:11: no expectation 'databse' to remove: did you mean 'database'?"
        ),
        (
            "extends: base.yml\nremove: other\n",
            "baseline.yml:2:9: 'remove' must be a list of names, and this is a single value"
        ),
        (
            "extends: base.yml\nexpect: [ { name: databse, is: { Engine: mysql } } ]\n",
            "baseline.yml:2:11: an expectation needs 'resource:'"
        ),
        (
            "extends: base.yml\nexpect: [ { name: database, resource: ec2.vpc, is: { VpcId: x } } ]\n",
            "baseline.yml:2:39: 'database' is of kind rds.db-instance in base.yml: remove that expectation, or choose "
                + "another name"
        ),
        (
            "extends: base.yml\nexpect: [ { name: database, is: { Engin: mysql } } ]\n",
            "baseline.yml:2:35: 'Engin' is not an attribute here: did you mean 'Engine'?"
        ),
    ])
    func `a mistake about an extended baseline has its position`(text: String, mistake: String) {
        #expect(mistakes(text) == [mistake])
    }

    @Test func `a mistake is reported in its own file, and no other follows from it`() {
        let base = """
            environment: a
            expect:
              - { name: database, resource: rds.db-instance, is: { Engine: postgres }, whi: x }
              - { name: group, resource: rds.db-instanc, is: { Engine: postgres } }
              - { name: user, resource: rds.db-instance, is: { Engine: "${group.Engine}" } }
            """
        #expect(
            mistakes(
                "extends: b.yml\nremove: [ group ]\nexpect: [ { name: group, is: { A: b } }, { name: x } ]\n",
                ["b.yml": base])
                == [
                    "baseline.yml:3:42: an expectation needs 'resource:'",
                    "b.yml:3:76: unknown key 'whi' in an expectation: did you mean 'why'?",
                    "b.yml:4:30: unknown kind 'rds.db-instanc': did you mean 'rds.db-instance'?",
                ])
    }

    @Test func `a reference to a removed expectation is a mistake`() {
        let base = """
            environment: a
            expect:
              - { name: database, resource: rds.db-instance, is: { Engine: postgres } }
              - { name: user, resource: rds.db-instance, is: { Engine: "${database.Engine}" } }
            """
        let found = mistakes("extends: b.yml\nremove: [ database ]\n", ["b.yml": base])
        #expect(found == ["b.yml:4:60: '${database.Engine}' refers to 'database', which baseline.yml removes"])
    }
}
