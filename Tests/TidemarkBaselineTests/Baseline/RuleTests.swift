import StrictYAML
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The rules of a baseline other than attributes.
struct RuleTests {
    private static let database = "  - { name: database, resource: rds.db-instance, is: { Engine: postgres } }\n"

    private func baseline(_ text: String) -> String { "environment: a\n\(text)expect:\n\(Self.database)" }

    @Test func `severity, each, count, readings, unexpected, releases, history and waivers are read`() throws {
        let baseline = try Baseline(
            yaml: """
                environment: a
                unexpected: { ec2.security-group: warning, ecr.repository: error }
                releases: { run-url: required, by: { matches: ".*-bot" }, severity: note, section: "7" }
                history: { environments: [ a-staging ], section: "9" }
                waivers:
                  - { finding: 857ad0f75db4, rule: gone, value: x, owner: dba-team, reason: moved in spring, until: 2026-12-31 }
                expect:
                  - { name: a, resource: rds.db-instance, each: true, severity: warning, is: { Engine: x } }
                  - { name: b, resource: rds.db-instance, count: { at-least: 1, at-most: 3 } }
                  - { name: c, resource: elasticbeanstalk.environment, readings: { Health: Green } }
                """)

        #expect(baseline.unexpected.map(\.info.severity) == [.warning, .error])
        #expect(baseline.unexpected.map(\.kind) == [.ec2SecurityGroup, .ecrRepository])
        #expect(baseline.releases?.requirements.map(\.path.description) == ["by", "run-url"])
        #expect(baseline.releases?.info.severity == .note)
        #expect(baseline.history?.environments.map(\.rawValue) == ["a-staging"])
        #expect(baseline.history?.info.section == "9" && baseline.history?.info.severity == .error)
        #expect(baseline.waivers.map(\.until.description) == ["2026-12-31"])
        #expect(baseline.expectations.map(\.info.severity) == [.warning, .error, .error])
        #expect(baseline.expectations.map(\.isOfMany) == [true, true, false])
        #expect(baseline.expectations[2].readings.map(\.path.description) == ["readings.Health"])
    }

    @Test(arguments: [
        (
            "unexpected: yes\n",
            "2:13: 'unexpected' must be a list of kinds or a map of them, and this is a single value"
        ),
        ("unexpected: [ ec2.vcp ]\n", "2:15: unknown kind 'ec2.vcp': did you mean 'ec2.vpc'?"),
        ("unexpected: [ ec2.vpc, ec2.vpc ]\n", "2:24: duplicate kind 'ec2.vpc'"),
        (
            "unexpected: { ec2.vpc: bad }\n",
            "2:24: 'ec2.vpc' takes error, warning, note, ignore, and this is 'bad'"
        ),
        ("releases: [ commit ]\n", "2:11: 'releases' must be a map, and this is a list"),
        ("releases: { comit: required }\n", "2:13: unknown key 'comit' in 'releases': did you mean 'commit'?"),
        (
            "releases: { severity: note }\n",
            "2:11: 'releases' requires nothing: it takes label, by, actor, commit, run-url, note"
        ),
        (
            "releases: { commit: [ a ] }\n",
            "2:21: a requirement of a release is 'required', a text or operators"
        ),
        ("history: { severity: note }\n", "2:10: 'history' requires nothing: it takes environments"),
        (
            "history: { environments: a }\n",
            "2:26: 'environments' must be a list of names, and this is a single value"
        ),
        ("waivers: { a: b }\n", "2:10: 'waivers' must be a list, and this is a map"),
        (
            "waivers: [ { finding: database, rule: a, value: x, owner: a, reason: b, until: 2026-12-31 } ]\n",
            "2:23: 'database' is not the id of a finding, such as 857ad0f75db4"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: b, until: 31.12.2026 } ]\n",
            "2:84: '31.12.2026' is not a date such as 2026-12-31"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: b, until: 2026-02-30 } ]\n",
            "2:84: '2026-02-30' is not a date such as 2026-12-31"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: '', until: 2026-12-31 } ]\n",
            "2:74: 'reason' is empty"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: b, until: 2026-12-31, by: c } ]\n",
            "2:96: unknown key 'by' in a waiver: known are finding, rule, resource, attribute, missing, unexpected, value, "
                + "owner, reason, until"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, owner: a, reason: b, until: 2026-12-31 } ]\n",
            "2:12: the waiver does not say what it accepts (missing, unexpected, value): remove it, and accept the finding "
                + "again"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, missing: a, unexpected: b, owner: a, reason: b, until: 2026-12-31 } ]\n",
            "2:12: a waiver accepts 'missing' or 'unexpected', not both"
        ),
        (
            "waivers: [ { finding: 857ad0f75db4, rule: a, resource: database, value: x, owner: a, reason: b, until: 2026-12-31 } ]\n",
            "2:56: 'database' is not a resource such as rds.db-instance/antenna-postgres"
        ),
        (
            "remove: [ database ]\n",
            "2:9: 'remove' is only for expectations of an extended baseline: add 'extends:', or leave it out"
        ),
    ])
    func `a mistake in a rule has its position and reason`(text: String, mistake: String) {
        #expect(Baseline.mistakes(baseline(text)) == ["baseline.yml:\(mistake)"])
    }

    @Test(arguments: ["finding", "owner", "reason", "until"])
    func `a waiver needs all of its members`(member: String) {
        let members = [
            "finding": "857ad0f75db4", "rule": "a", "value": "x", "owner": "a", "reason": "b", "until": "2026-12-31",
        ]
        let kept = members.filter { $0.key != member }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        #expect(
            Baseline.mistakes(baseline("waivers: [ { \(kept) } ]\n"))
                == ["baseline.yml:2:12: a waiver needs '\(member):'"])
    }

    @Test func `a finding has at most one waiver`() {
        let waiver = "  - { finding: 857ad0f75db4, rule: a, value: x, owner: a, reason: b, until: 2026-12-31 }\n"
        #expect(
            Baseline.mistakes(baseline("waivers:\n\(waiver)\(waiver)"))
                == ["baseline.yml:4:5: duplicate waiver of finding '857ad0f75db4'"])
    }

    @Test(arguments: [
        ("each: yes", "6:11: 'each' is true or false"),
        ("exact: perhaps", "6:12: 'exact' is true or false"),
        ("severity: fatal", "6:15: 'severity' takes error, warning, note, and this is 'fatal'"),
        ("count: many", "6:12: 'count' is a number such as 2, or operators on one: { at-least: 1 }"),
        ("count: -1", "6:12: 'count' is a number such as 2, or operators on one: { at-least: 1 }"),
        ("count: [ 1 ]", "6:12: 'count' is a number such as 2, or operators on one: { at-least: 1 }"),
        ("count: { includes: 1 }", "6:12: 'count' is a number such as 2, or operators on one: { at-least: 1 }"),
        (
            "readings: { DBInstanceStatu: x }",
            "6:17: 'DBInstanceStatu' is not a reading here: did you mean 'DBInstanceStatus'?"
        ),
        (
            "readings: { Health: Green }",
            "6:17: 'Health' is not a reading here: known are DBInstanceStatus, StorageVolumeStatus, "
                + "CertificateDetails.ValidTill, AvailabilityZone, SecondaryAvailabilityZone, AllocatedStorage, "
                + "PendingModifiedValues.AllocatedStorage, AdditionalStorageVolumes[].AllocatedStorage"
        ),
        ("readings: {}", "6:15: 'readings' must be a map of readings, and it is empty"),
    ])
    func `a mistake in a member of an expectation has its position and reason`(line: String, mistake: String) {
        let yaml = """
            environment: a
            expect:
              - name: database
                resource: rds.db-instance
                is: { Engine: postgres }
                \(line)
            """
        #expect(Baseline.mistakes(yaml) == ["baseline.yml:\(mistake)"])
    }

    @Test func `'exact' needs 'is'`() {
        let yaml = """
            environment: a
            expect:
              - { name: a, resource: ec2.vpc, count: 0, exact: true }
            """
        #expect(
            Baseline.mistakes(yaml) == [
                "baseline.yml:3:52: 'exact' needs 'is', and 'a' has none"
            ])
    }

    @Test func `an expectation needs 'is', 'count' or 'readings'`() {
        let yaml = """
            environment: a
            expect:
              - { name: a, resource: ec2.vpc, count: 0 }
              - { name: b, resource: rds.db-instance, readings: { DBInstanceStatus: available } }
              - { name: c, resource: rds.db-instance, each: true }
            """
        #expect(Baseline.mistakes(yaml) == ["baseline.yml:5:5: the expectation 'c' needs 'is:'"])
    }

    // MARK: Tags

    @Test(arguments: [
        (Kind.rdsDBInstance, "TagList[my.project].Value"), (.ec2SecurityGroup, "Tags[my.project].Value"),
        (.s3Bucket, "TagSet[my.project].Value"), (.ecsCluster, "tags[my.project].value"),
    ])
    func `a tag has one spelling, whatever AWS calls the list`(kind: Kind, path: String) throws {
        let definition = try #require(KindRegistry.all[kind])
        let written = try #require(AttributePath("tag:my.project"))
        #expect(definition.path(written)?.description == path)
    }

    @Test func `a tag is a mistake if the kind has no tags`() {
        let yaml = Baseline.expectation("name: x", "resource: ecr.tag", "is:", "tag:Project: antenna")
        #expect(
            Baseline.mistakes(yaml) == ["baseline.yml:6:7: 'tag:Project': Tidemark does not read the tags of ecr.tag"])
        let reference = Baseline.expectation("name: x", "resource: ecr.tag", "is:", "imageTag: '${x.tag:Project}'")
        #expect(
            Baseline.mistakes(reference) == [
                "baseline.yml:6:17: '${x.tag:Project}' refers to no attribute: Tidemark does not read the tags of ecr.tag"
            ])
    }

    // MARK: Keys

    @Test(arguments: ["TagList: { 80: { Value: a }, '80': { Value: b } }", "Endpoint: { Port: 1, \"Port\": 2 }"])
    func `a quoted key is a duplicate of the unquoted one`(line: String) {
        let mistakes = Baseline.mistakes(Baseline.expectation("name: x", "resource: rds.db-instance", "is:", line))
        #expect(mistakes.count == 1 && mistakes[0].contains("key"), "\(mistakes)")
    }

    // MARK: The line itself

    @Test func `a mistake has its line and the offset in it`() throws {
        let error = #expect(throws: FileError.self) {
            try Baseline(yaml: "environment: a\r\nexpect:\r\n  - { name: ä, resource: rds.db, is: {} }\r\n")
        }
        let mistake = try #require(error?.mistakes.first)
        let source = try #require(error?.source(of: mistake))
        #expect(source.text == "  - { name: ä, resource: rds.db, is: {} }")
        #expect(source.text.dropFirst(source.offset).hasPrefix("rds.db"))
    }

    @Test func `a mistake in a long line has the part around it`() throws {
        let name = String(repeating: "x", count: 100_000)
        let error = #expect(throws: FileError.self) {
            try Baseline(yaml: "environment: a\nexpect:\n  - { name: \(name), resource: nowhere, is: { A: b } }\n")
        }
        let source = try #require(error.flatMap { error in error.mistakes.first.flatMap(error.source) })
        #expect(source.text.count < 200)
        #expect(source.text.dropFirst(source.offset).hasPrefix("nowhere"))
    }
}
