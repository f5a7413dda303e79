import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The evaluation of rules about several resources, readings and releases.
struct RuleDriftTests {
    private static let groups: [FacetID: JSON] = Dictionary(uniqueKeysWithValues: [
        Stack.group(
            "sg-0a", "web", ["Tags": [["Key": "Project", "Value": "antenna"], ["Key": "Team", "Value": "a"]]]),
        Stack.group("sg-0b", "rds", ["Tags": [["Key": "Project", "Value": "antenna"]]]),
        Stack.group("sg-0c", "other"),
    ])

    private func drift(
        _ expectations: String, top: String = "", _ facets: [FacetID: JSON] = groups, gaps: [Gap] = [],
        readings: [Reading] = [], release: RecordedRelease? = nil, environments: [String]? = nil,
        now: Timestamp = Stack.start
    ) throws -> Drift {
        let yaml = "environment: antenna-production\n\(top)\nexpect:\n" + expectations
        return try Drift(
            of: .of(facets, gaps: gaps, readings: readings), from: Baseline(yaml: yaml),
            release: release, environments: environments?.map { try EnvironmentName($0) }, now: now, maximumAge: nil)
    }

    private func item(_ members: String) -> String { "  - { name: x, resource: ec2.security-group, \(members) }\n" }

    /// The resource, path and status of each finding.
    private func told(_ drift: Drift) -> [String] {
        drift.findings.map {
            "\($0.isDrifted ? "drifted" : "unseen") \($0.resource?.identity ?? "-") \($0.path?.description ?? "-")"
        }
    }

    private static let ofMembers = Gap.denied("ec2", "DescribeSecurityGroups", kinds: [.ec2SecurityGroup])

    // MARK: The history

    @Test func `a required environment that the history lacks is missing, or unseen without a history`() throws {
        let rule = "history: { environments: [ antenna-staging, antenna-test ], section: '9' }"
        let some = item("count: 3")
        #expect(try told(drift(some, top: rule, environments: ["antenna-staging", "antenna-test"])) == [])
        let one = try drift(some, top: rule, environments: ["antenna-production", "antenna-staging"])
        #expect(told(one) == ["drifted - environments[antenna-test]"])
        #expect(one.results.last?.rule.source == .history && one.results.last?.rule.info.section == "9")
        let unknown = try drift(some, top: rule)
        #expect(told(unknown) == ["unseen - environments[antenna-staging]", "unseen - environments[antenna-test]"])
        #expect(unknown.findings.last?.id == one.findings.first?.id)
    }

    // MARK: Each

    @Test func `'each' compares every resource that matches`() throws {
        let drift = try drift(item("each: true, is: { GroupName: web }"))
        #expect(told(drift) == ["drifted sg-0b GroupName", "drifted sg-0c GroupName"])
        #expect(Set(drift.findings.map(\.id)).count == 2)
    }

    private static let gone = ResourceID(.ec2SecurityGroup, "sg-9").gone(titled: "nowhere").merging(groups) { $1 }

    @Test func `'each' without a resource is missing if it is gone, unless some may be unseen`() throws {
        let none = item("each: true, where: { GroupName: nowhere }, is: { GroupName: web }")
        #expect(try told(drift(none, Self.gone)) == ["drifted - -"])
        #expect(try told(drift(none)) == ["unseen - -"])
        #expect(try told(drift(none, Self.gone, gaps: [Self.ofMembers])) == ["unseen - -"])
    }

    @Test func `'each' reports that other resources may be unseen`() throws {
        let drift = try drift(
            item("each: true, where: { GroupName: web }, is: { GroupName: web }"), gaps: [Self.ofMembers])
        #expect(told(drift) == ["unseen - -"])
        #expect(drift.verdict == .unseen)
    }

    @Test func `a finding of 'each' has the same id whatever else matches`() throws {
        let both = try drift(item("each: true, is: { GroupName: web }"))
        let one = try drift(item("each: true, where: { GroupName: rds }, is: { GroupName: web }"))
        #expect(one.findings.map(\.id) == [both.findings[0].id])
    }

    // MARK: Count

    @Test(arguments: [
        ("count: 3", []), ("count: '3'", []), ("count: 2", ["drifted - count"]), ("count: 0", ["drifted - count"]),
        ("count: { at-least: 2 }", []), ("count: { at-most: 2 }", ["drifted - count"]),
        ("count: { one-of: [2, 3] }", []), ("count: { not: 3 }", ["drifted - count"]),
        ("count: 0, where: { GroupName: nowhere }", []),
        ("count: 1, where: { GroupName: nowhere }", ["drifted - count"]),
        ("count: { at-least: 1 }, where: { GroupName: elsewhere }", ["unseen - count"]),
        ("count: 3, is: { GroupName: { not: rds } }", ["drifted sg-0b GroupName"]),
    ])
    func `'count' compares the number of resources`(members: String, found: [String]) throws {
        #expect(try told(drift(item(members), Self.gone)) == found)
    }

    /// A resource that is not listed may exist: that matters only if it can change the result.
    @Test(arguments: [
        ("count: 3", ["unseen - count"]), ("count: { at-least: 3 }", []),
        ("count: { at-least: 4 }", ["unseen - count"]),
        ("count: { at-most: 2 }", ["drifted - count"]), ("count: { at-most: 3 }", ["unseen - count"]),
        ("count: 2", ["drifted - count"]), ("count: 0, where: { GroupName: nowhere }", ["unseen - count"]),
    ])
    func `an unseen list makes the number unseen only if it matters`(members: String, found: [String]) throws {
        #expect(try told(drift(item(members), gaps: [Self.ofMembers])) == found)
    }

    @Test func `a resource that may be gone counts as possible`() throws {
        let gap = Gap.denied(
            "ec2", "DescribeSecurityGroups", facets: [ResourceID(.ec2SecurityGroup, "sg-0c").described])
        #expect(try told(drift(item("count: { at-least: 2 }"), gaps: [gap])) == [])
        #expect(try told(drift(item("count: 3"), gaps: [gap])) == ["unseen - count"])
        #expect(try told(drift(item("count: { at-most: 1 }"), gaps: [gap])) == ["drifted - count"])
    }

    @Test func `a number of resources says nothing about each, even if one may have been left`() throws {
        let reach = FacetID(ResourceID(.ec2SecurityGroup, "sg-0c"), Snapshot.reach)
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [reach])
        #expect(try told(drift(item("count: 3"), gaps: [gap])) == ["unseen - count"])
        #expect(
            try told(drift(item("count: { at-least: 2 }, is: { GroupName: { not: x } }"), gaps: [gap]))
                == ["unseen sg-0c -"])
    }

    @Test func `a wrong number names the resources that match`() throws {
        let finding = try #require(try drift(item("count: 1, where: { GroupName: [ web, rds ] }")).findings.first)
        #expect(finding.note == "found ec2.security-group/web, ec2.security-group/rds")
    }

    // MARK: Tags

    @Test func `a tag can select, be expected and be referenced`() throws {
        #expect(try told(drift(item("count: 2, where: { tag:Project: antenna }"))) == [])
        #expect(try told(drift(item("where: { tag:Team: a }, is: { tag:Project: antenna, GroupId: sg-0a }"))) == [])
        #expect(
            try told(drift(item("where: { tag:Team: a }, is: { tag:Project: other }"))) == [
                "drifted sg-0a Tags[Project].Value"
            ])
        let reference =
            "  - { name: y, resource: ec2.security-group, where: { GroupName: rds }, is: { tag:Project: '${x.tag:Project}' } }\n"
        #expect(try told(drift(item("where: { tag:Team: a }, is: { GroupName: web }") + reference)) == [])
    }

    // MARK: Unexpected

    @Test func `a resource without an expectation is a finding with an id of its own`() throws {
        let drift = try drift(
            item("where: { GroupName: web }, is: { GroupId: sg-0a }"),
            top: "unexpected: { ec2.security-group: warning }")
        #expect(told(drift) == ["drifted sg-0b -", "drifted sg-0c -"])
        #expect(Set(drift.findings.map(\.id)).count == 2)
        #expect(drift.results.map(\.rule.info.severity) == [.error, .warning])
        #expect(drift.verdict == .drifted)
    }

    @Test(arguments: [
        ("each: true, is: { GroupName: { not: x } }", ["sg-0a", "sg-0b", "sg-0c"]),
        ("count: 3", ["sg-0a", "sg-0b", "sg-0c"]),
        ("each: true, where: { identity: [ sg-0a, sg-0c ] }, is: { GroupName: { not: x } }", ["sg-0b"]),
        ("each: true, where: { GroupId: sg-0b }, is: { GroupName: { not: x } }", ["sg-0a", "sg-0c"]),
        (
            "each: true, where: { GroupName: [ web, rds, other ] }, is: { GroupName: { not: x } }",
            ["sg-0a", "sg-0b", "sg-0c"]
        ),
        (
            "each: true, where: { identity: { matches: '.*' } }, is: { GroupName: { not: x } }",
            ["sg-0a", "sg-0b", "sg-0c"]
        ),
        ("where: { GroupName: web }, is: { GroupName: { not: x } }", ["sg-0b", "sg-0c"]),
    ])
    func `an expectation of all that match makes none of them expected, unless it lists them`(
        members: String, unexpected: [String]
    ) throws {
        let drift = try drift(item(members), top: "unexpected: [ ec2.security-group ]")
        #expect(drift.findings.compactMap(\.resource?.identity) == unexpected)
    }

    @Test func `a resource is unseen if it may be expected or may exist`() throws {
        let yaml = item("where: { GroupName: web }, is: { GroupId: sg-0a }")
        let top = "unexpected: [ ec2.security-group ]"
        #expect(
            try told(drift(yaml, top: top, gaps: [Self.ofMembers])) == [
                "drifted sg-0b -", "drifted sg-0c -", "unseen - -",
            ])
        let gap = Gap.denied(
            "ec2", "DescribeSecurityGroups", facets: [ResourceID(.ec2SecurityGroup, "sg-0b").described])
        #expect(
            try told(drift(yaml, top: top, gaps: [gap])) == ["unseen sg-0b -", "unseen sg-0c -"])
    }

    @Test func `a resource that is no longer in use is not unexpected`() throws {
        var facets = Self.groups
        for id in ["sg-0b", "sg-0c"] { facets[ResourceID(.ec2SecurityGroup, id).reach] = ["reached": false] }
        let yaml = item("where: { GroupName: web }, is: { GroupId: sg-0a }")
        #expect(try drift(yaml, top: "unexpected: [ ec2.security-group ]", facets).verdict == .inSync)
    }

    // MARK: Severity

    @Test func `errors precede warnings, and notes never count`() throws {
        let note = "  - { name: n, resource: ec2.security-group, count: 9, severity: note }\n"
        let warning = "  - { name: w, resource: ec2.security-group, count: 9, severity: warning }\n"
        let error = "  - { name: e, resource: ec2.security-group, count: 9 }\n"
        #expect(try drift(note + warning + error).results.map(\.rule.name) == ["e", "w", "n"])
        #expect(try drift(note).verdict == .inSync)
        #expect(try drift(note).count(.drifted) == 1)
        #expect(try drift(note + warning).verdict == .drifted)
        #expect(try drift(note + warning).verdict(at: DriftGate(threshold: .error)) == .inSync)
        #expect(try drift(note + warning + error).verdict(at: DriftGate(threshold: .error)) == .drifted)
    }

    @Test func `an unseen note does not count, but a gap does`() throws {
        let reading = "  - { name: n, resource: rds.db-instance, readings: { DBInstanceStatus: x }, severity: note }\n"
        let facets: [FacetID: JSON] = [Stack.database.described: [:]]
        #expect(try drift(reading, facets).verdict == .inSync)
        #expect(try drift(reading, facets, gaps: [Self.ofMembers]).verdict == .unseen)
    }

    // MARK: Readings

    private let health =
        "  - { name: x, resource: elasticbeanstalk.environment, readings: { Health: { one-of: [ Green, Ok ] } } }\n"

    @Test(arguments: [("Green", []), ("Red", ["drifted antenna-prod readings.Health"])] as [(JSON, [String])])
    func `an expected reading is compared`(value: JSON, found: [String]) throws {
        let reading = Reading(resource: Stack.environment, name: "Health", value: value)
        #expect(try told(drift(health, [Stack.environment.described: [:]], readings: [reading])) == found)
    }

    @Test(arguments: [
        "is: { AvailabilityZone: us-west-2a }", "is: { AvailabilityZone: { not: us-west-2a } }",
        "is: { AvailabilityZone: { present: false } }", "where: { AvailabilityZone: us-west-2a }, is: { Engine: x }",
        "is: { PendingModifiedValues: { AllocatedStorage: 20 } }",
    ])
    func `an expectation of what AWS moves by itself is unseen, and says that it is a reading`(members: String) throws {
        let content: JSON = ["MultiAZ": true, "MaxAllocatedStorage": 100, "PendingModifiedValues": ["Port": 1]]
        let drift = try drift(
            "  - { name: x, resource: rds.db-instance, \(members) }\n", [Stack.database.described: content])
        guard case .unseen(let unseen)? = drift.findings.first?.status else {
            Issue.record("\(drift.findings)")
            return
        }
        #expect(unseen.reason.hasPrefix("it is a reading where M"))
        #expect(unseen.reason.hasSuffix(", since AWS moves it by itself"))
        #expect(unseen.remedy?.description.hasSuffix("under 'readings'") == true)
    }

    @Test func `a reading that the snapshot lacks is unseen`() throws {
        let other = Reading(resource: Stack.environment, name: "Status", value: "Ready")
        let facets: [FacetID: JSON] = [Stack.environment.described: [:]]
        #expect(try told(drift(health, facets, readings: [other])) == ["unseen antenna-prod readings.Health"])
        let gap = Gap.denied("elasticbeanstalk", "DescribeEnvironments", facets: [Stack.environment.described])
        guard case .unseen(let unseen)? = try drift(health, facets, gaps: [gap]).findings.first?.status else {
            Issue.record("not unseen")
            return
        }
        #expect(unseen.remedy == "allow elasticbeanstalk:DescribeEnvironments")
    }

    // MARK: Releases

    private func release(_ commit: String? = nil, url: String? = nil) throws -> RecordedRelease {
        RecordedRelease(
            seq: Seq(rawValue: 1), at: Stack.start,
            release: try Release(label: "v10", by: "bot", commit: commit, url: url),
            actor: "arn:aws:iam::123456789012:user/release-bot")
    }

    @Test func `a release must have the required members`() throws {
        let top =
            "releases: { run-url: required, commit: { matches: '[0-9a-f]{7,40}' }, by: bot, actor: { matches: '.*bot' } }"
        let yaml = item("count: 3")
        #expect(try told(drift(yaml, top: top, release: release("9d07b3a", url: "https://ci.example/1"))) == [])
        #expect(
            try told(drift(yaml, top: top, release: release("unknown"))) == ["drifted - commit", "drifted - run-url"])
        #expect(try told(drift(yaml, top: top)) == ["unseen - -"])
    }

    // MARK: Waivers

    private func waiver(of finding: Finding) -> String { "waivers: [ \(finding.waiver(until: "2026-11-23")) ]" }

    @Test func `a waived finding is reported and does not count until the waiver expires`() throws {
        let yaml = item("count: 1")
        let finding = try #require(try drift(yaml).findings.first)
        let last = try #require(Timestamp("2026-11-23T23:59:59.999Z"))
        let waived = try drift(yaml, top: waiver(of: finding), now: last)
        #expect(waived.verdict == .inSync)
        #expect(waived.results.map(\.status) == [.waived])
        #expect(waived.findings.first?.waiver?.owner == "dba-team")

        let ended = try drift(yaml, top: waiver(of: finding), now: #require(Timestamp("2026-11-24T00:00:00Z")))
        #expect(ended.verdict == .drifted)
        #expect(ended.results.map(\.status) == [.drifted, .drifted])
        #expect(ended.findings.map { $0.path?.description } == ["count", "until"])
        #expect(ended.findings.last?.note == "it has expired, and its finding counts again")
    }

    @Test func `a waiver without a finding is a finding, unless its finding may be unseen`() throws {
        let finding = try #require(try drift(item("count: 1")).findings.first)
        let unmatched = try drift(item("count: 3"), top: waiver(of: finding))
        #expect(unmatched.verdict == .drifted)
        #expect(unmatched.findings.map { $0.path?.description } == ["finding"])
        #expect(unmatched.findings.first?.note == "it matches no drift at @1: remove it if it is no longer needed")
        #expect(unmatched.findings.first?.rule.info.severity == .warning)

        let unseen = try drift(item("count: 3"), top: waiver(of: finding), gaps: [Self.ofMembers])
        #expect(told(unseen) == ["unseen - count"])
    }

    @Test func `a waiver of a value within an unseen attribute is not unmatched`() throws {
        let yaml = "  - { name: x, resource: rds.db-instance, is: { Endpoint: { Port: 1, Address: db.example } } }\n"
        let facets: [FacetID: JSON] = [Stack.database.described: Stack.databaseContent]
        let finding = try #require(try drift(yaml, facets).findings.first)
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        #expect(
            try told(drift(yaml, top: waiver(of: finding), facets, gaps: [gap])) == ["unseen antenna-postgres Endpoint"]
        )
        // A waiver of another rule certainly accepts nothing.
        let other = waiver(of: finding).replacing("\"x\"", with: "\"removed\"")
        #expect(try told(drift(yaml, top: other, facets, gaps: [gap])).contains("drifted - finding"))
    }
}
