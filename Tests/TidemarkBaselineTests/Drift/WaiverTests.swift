import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

/// A waiver accepts one value or one element, and nothing else.
struct WaiverTests {
    private func drift(
        _ databases: [FacetID: JSON], is lines: String, scope: String = "", waivers: [String] = [],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], key: String? = nil
    ) throws -> Drift {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: database, resource: rds.db-instance, \(scope)is: { \(lines) } }
            waivers: [ \(waivers.joined(separator: ", ")) ]
            """
        return try Drift(
            of: .of(databases, fingerprints: fingerprints, keyID: key), from: Baseline(yaml: yaml), now: Stack.start,
            maximumAge: nil)
    }

    private func database(_ members: JSON, _ name: String = "antenna-postgres") -> [FacetID: JSON] {
        [ResourceID(.rdsDBInstance, name).described: members]
    }

    private func groups(_ ids: String...) -> [FacetID: JSON] {
        database(["VpcSecurityGroups": .array(ids.map { ["VpcSecurityGroupId": .string($0)] }), "DBName": "b"])
    }

    /// The elements and attributes of the findings that are not waived.
    private func open(_ drift: Drift) -> [String] {
        drift.findings.filter { !$0.isWaived }.map { $0.element?.key.string ?? $0.path?.description ?? "-" }
    }

    @Test func `a waiver of one element accepts no other`() throws {
        let (before, lines) = (groups("a", "b"), "security-groups: []")
        let waivers = try drift(before, is: lines).findings.map { $0.waiver() }
        #expect(try open(drift(before, is: lines, waivers: [waivers[0]])) == ["b"])
        #expect(try drift(before, is: lines, waivers: waivers).verdict == .inSync)
        #expect(try open(drift(groups("a", "b", "c"), is: lines, waivers: waivers)) == ["c"])
    }

    @Test(arguments: 0..<20) func `a waiver of any element leaves all others`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func some() -> [String] { (1...6).filter { _ in Bool.random(using: &random) }.map { "sg-\($0)" } }
        let (expected, actual) = (some(), some())
        let facets = database(["VpcSecurityGroups": .array(actual.map { ["VpcSecurityGroupId": .string($0)] })])
        let lines = "security-groups: [ \(expected.joined(separator: ", ")) ]"
        let all = try drift(facets, is: lines).findings
        #expect(Set(all.compactMap(\.element?.key.string)) == Set(expected).symmetricDifference(actual))
        for finding in all {
            let waived = try drift(facets, is: lines, waivers: [finding.waiver()]).findings
            #expect(waived.filter { !$0.isWaived }.map(\.id) == all.map(\.id).filter { $0 != finding.id })
        }
    }

    @Test func `a waiver accepts one value, and another one counts again`() throws {
        let before = try drift(
            database(["AllocatedStorage": 20, "MultiAZ": true]), is: "AllocatedStorage: 10, MultiAZ: false")
        let waivers = before.findings.map { $0.waiver() }
        let same = try drift(
            database(["AllocatedStorage": 20, "MultiAZ": true]), is: "AllocatedStorage: 10, MultiAZ: false",
            waivers: waivers)
        #expect(same.verdict == .inSync)
        let changed = try drift(
            database(["AllocatedStorage": 30]), is: "AllocatedStorage: 10, MultiAZ: false", waivers: waivers)
        #expect(open(changed) == ["AllocatedStorage", "MultiAZ"])
        #expect(changed.findings.map(\.note) == ["the waiver accepts 20", "the waiver accepts true"])
    }

    @Test func `a waiver of a missing value does not accept one`() throws {
        let waiver = try #require(drift(database([:]), is: "DBName: a").findings.first).waiver()
        #expect(try drift(database([:]), is: "DBName: a", waivers: [waiver]).verdict == .inSync)
        let other = try drift(database(["DBName": "b"]), is: "DBName: a", waivers: [waiver])
        #expect(other.findings.map(\.note) == ["the waiver accepts that nothing is there"])
    }

    @Test func `a waiver of any value accepts each`() throws {
        let found = try #require(drift(database(["DBName": "b"]), is: "DBName: a").findings.first)
        let waiver = found.waiver().replacing(#""value": "b""#, with: "value: any")
        for value in ["b", "c"] {
            #expect(
                try drift(database(["DBName": .string(value)]), is: "DBName: a", waivers: [waiver]).verdict == .inSync)
        }
        // In quotes, it is a text.
        let text = waiver.replacing("value: any", with: #"value: "any""#)
        #expect(try drift(database(["DBName": "b"]), is: "DBName: a", waivers: [text]).verdict == .drifted)
        #expect(try drift(database(["DBName": "any"]), is: "DBName: a", waivers: [text]).verdict == .inSync)
    }

    @Test func `a waiver of one resource does not move on to another`() throws {
        let waiver = try #require(drift(database(["DBName": "b"]), is: "DBName: a").findings.first).waiver()
        let other = try drift(database(["DBName": "b"], "restored"), is: "DBName: a", waivers: [waiver])
        #expect(other.findings.map(\.isWaived) == [false])
        #expect(other.findings.first?.note == "the waiver accepts it for rds.db-instance/antenna-postgres")
    }

    @Test func `a waiver of a resource that Elastic Beanstalk replaces moves on to the next`() throws {
        let yaml = """
            environment: antenna-production
            expect: [ { name: x, resource: ec2.security-group, is: { GroupName: other } } ]

            """
        func drift(_ group: (FacetID, JSON), _ waivers: String = "") throws -> [Finding] {
            try Drift(
                of: .of([group.0: group.1]), from: Baseline(yaml: yaml + waivers), now: Stack.start, maximumAge: nil
            ).findings
        }
        for (name, isRoutine) in [("awseb-e-abc-stack-AWSEBSecurityGroup-X", true), ("antenna-rds", false)] {
            let waiver = try #require(drift(Stack.group("sg-0a", name)).first).waiver()
            let next = try drift(Stack.group("sg-0b", name), "waivers: [ \(waiver) ]")
            #expect(next.map(\.isWaived) == [isRoutine] && waiver.contains("sg-0a") != isRoutine)
        }
    }

    @Test func `a wrong number and several resources are accepted as they are`() throws {
        let two = database(["DBName": "b"]).merging(database([:], "other")) { first, _ in first }
        let three = two.merging(database([:], "third")) { first, _ in first }
        for scope in ["count: 1, ", ""] {
            let waiver = try #require(drift(two, is: "Engine: ~", scope: scope).findings.first).waiver()
            #expect(try drift(two, is: "Engine: ~", scope: scope, waivers: [waiver]).verdict == .inSync)
            #expect(try drift(three, is: "Engine: ~", scope: scope, waivers: [waiver]).verdict == .drifted)
        }
    }

    @Test(arguments: [
        (#""attribute": "DBName""#, #""attribute": "Engine""#), (#""rule": "database""#, #""rule": "other""#),
        (#""unexpected": "a""#, #""unexpected": "b""#), (#""unexpected""#, #""missing""#),
    ])
    func `words that describe another finding are a mistake`(from: String, to: String) throws {
        let waivers = try drift(groups("a"), is: "security-groups: [], DBName: a").findings.map { $0.waiver() }
        let wrong = try #require(waivers.first { $0.contains(from) }).replacing(from, with: to)
        let yaml = """
            environment: antenna-production
            expect:
              - { name: database, resource: rds.db-instance, is: { security-groups: [], DBName: a } }
              - { name: other, resource: rds.db-instance, is: { Engine: a } }
            waivers: [ \(wrong) ]
            """
        let mistakes = Baseline.mistakes(yaml)
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.contains("the waiver's words describe finding '") == true)
    }

    // MARK: Secrets

    private let password = Fingerprint.Location(facet: Stack.database.described, path: "DBName", part: "value")

    private func secret(_ code: String, key: String = "key1") -> [Fingerprint.Location: Fingerprint.Value] {
        [password: Fingerprint.Value(key: key, code: code)]
    }

    @Test func `a secret value is accepted by its fingerprint`() throws {
        let secret = database(["DBName": Redacted.value])
        let lines = "DBName: { present: false }"
        let found = try drift(secret, is: lines, fingerprints: self.secret("aa"), key: "key1").findings
        let waiver = try #require(found.first).waiver()
        #expect(waiver.contains(#""value": {"fingerprint": "#) && !waiver.contains("aa\""))
        func verdict(_ fingerprints: [Fingerprint.Location: Fingerprint.Value], _ key: String?) throws -> Verdict {
            try drift(secret, is: lines, waivers: [waiver], fingerprints: fingerprints, key: key).verdict
        }
        #expect(try verdict(self.secret("aa"), "key1") == .inSync)
        #expect(try verdict(self.secret("bb"), "key1") == .drifted)
        #expect(try verdict(self.secret("aa", key: "key2"), "key2") == .unseen)
        #expect(try verdict([:], nil) == .unseen)
    }

    @Test func `an element with a secret part is accepted with that secret alone`() throws {
        let facets = database(["VpcSecurityGroups": [["Status": Redacted.value], ["Status": "a"]]])
        let exports = Fingerprint.Location(
            facet: Stack.database.described, path: "VpcSecurityGroups[].Status", part: "value")
        func open(_ code: String?, waivers: [String]) throws -> [Finding] {
            let known = code.map { [exports: Fingerprint.Value(key: "key1", code: $0)] } ?? [:]
            return try drift(
                facets, is: "VpcSecurityGroups: [ { Status: a } ]", waivers: waivers, fingerprints: known,
                key: code.map { _ in "key1" }
            ).findings.filter { !$0.isWaived }
        }
        let waiver = try #require(open("aa", waivers: []).first).waiver()
        #expect(waiver.contains(#""unexpected": "#) && waiver.contains(#""value": {"fingerprint": "#))
        #expect(try open("aa", waivers: [waiver]).isEmpty)
        #expect(try open("bb", waivers: [waiver]).map(\.isDrifted) == [true])
        #expect(try open(nil, waivers: [waiver]).map(\.isUnseen) == [true])
        let any = waiver.replacing(#/"value": \{.*?\}/#, with: "value: any")
        #expect(try open("bb", waivers: [any]).isEmpty)
        // Without a value it accepts no secret.
        let bare = waiver.replacing(#/"value": \{.*?\}, /#, with: "")
        #expect(try open("aa", waivers: [bare]).map(\.isDrifted) == [true])
    }

    @Test func `a secret value without a fingerprint can only be accepted as any`() throws {
        let found = try drift(database(["DBName": Redacted.value]), is: "DBName: ~").findings
        let baseline = try Baseline.database(is: "DBName: ~")
        let (finding, day) = (try #require(found.first), try #require(Day("2999-12-31")))
        let failure = #expect(throws: Failure.self) {
            try baseline.accepting(finding, owner: "a", reason: "b", until: day)
        }
        #expect(failure?.description.contains("its value is secret and has no fingerprint") == true)
        let text = try baseline.accepting(finding, anyValue: true, owner: "a", reason: "b", until: day)
        #expect(text.contains("\n    value: any\n"))
    }
}
