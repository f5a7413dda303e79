import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The rules that need no baseline.
struct BuiltInRuleTests {
    private let environment = environment(notFollowing: [])

    /// The environment, with a host of RDS for each text.
    private static func environment(notFollowing hosts: [String]) -> [FacetID: JSON] {
        [
            Stack.environment.described: ["EnvironmentName": "antenna-prod"],
            FacetID(Stack.environment, Snapshot.notFollowed): .array(
                hosts.map { NotFollowedHost(host: $0, service: "rds", what: "DB cluster").json }),
        ]
    }

    /// A snapshot in which names belong to the last of their incarnations.
    private func replaced(
        _ incarnations: [ResourceID: [JSON]], _ facets: [FacetID: JSON] = [:], gaps: [Gap] = [], upTo seq: Int64 = 9
    ) throws -> (SnapshotView, EarlierEntries) {
        var all = facets
        var stretches: [ResourceID: [EarlierEntries.Stretch]] = [:]
        for (resource, values) in incarnations {
            all[resource.described] = all[resource.described] ?? [:]
            all[resource.incarnation] = values.prefix(Int(seq)).last
            stretches[resource] = values.enumerated().map { .init(since: Seq(rawValue: Int64($0 + 1)), value: $1) }
        }
        return (try .of(all, gaps: gaps, seq: Seq(rawValue: seq)), EarlierEntries(stretches))
    }

    private func drift(
        _ snapshot: SnapshotView, _ incarnations: EarlierEntries? = EarlierEntries([:]), _ yaml: String? = nil,
        isStrict: Bool = false
    ) throws -> Drift {
        let baseline = try yaml.map { try Baseline(yaml: "environment: antenna-production\n\($0)") }
        return try Drift(
            of: snapshot, from: baseline ?? .builtInRules(of: snapshot.environment), earlier: incarnations,
            isStrict: isStrict, now: Stack.start, maximumAge: nil)
    }

    private func drift(
        _ values: [JSON], _ yaml: String? = nil, of resource: ResourceID = Stack.database, facets: [FacetID: JSON] = [:]
    ) throws -> Drift {
        let (snapshot, incarnations) = try replaced([resource: values], facets)
        return try drift(snapshot, incarnations, yaml)
    }

    /// An expectation that holds.
    private let expected = "expect: [ { name: x, resource: rds.db-instance, is: { Engine: { present: false } } } ]"

    // MARK: The mechanism

    @Test func `without a baseline every built-in rule has a result`() throws {
        let drift = try drift(.of(environment))
        #expect(drift.results.map(\.rule.name) == BuiltInRule.names && drift.verdict == .inSync)
        #expect(drift.results.allSatisfy { $0.rule.info.severity == .note && $0.status == .inSync })
    }

    @Test func `beside a baseline a rule without findings has a result only if the baseline states it`() throws {
        #expect(try drift(["a"], expected).results.map(\.rule.name) == ["x"])
        let stated = try drift(["a"], expected + "\nrules: { resource.replaced: warning }")
        #expect(stated.results.map(\.rule.name) == ["x", "resource.replaced"])
    }

    @Test(arguments: [("error", Verdict.drifted), ("warning", .drifted), ("note", .inSync)])
    func `a baseline decides how severe a rule is`(severity: String, verdict: Verdict) throws {
        let drift = try drift(["a", "b"], expected + "\nrules: { resource.replaced: \(severity) }")
        #expect(drift.findings.map(\.rule.info.severity.rawValue) == [severity] && drift.verdict == verdict)
        #expect(drift.findings.first?.rule.info.position.line == 3)
    }

    @Test func `a rule is a note unless the baseline says otherwise, and silent if it is off`() throws {
        let note = try drift(["a", "b"], expected)
        #expect(note.findings.map(\.rule.info.severity) == [.note] && note.verdict == .inSync)
        #expect(
            try drift(["a", "b"], expected + "\nrules: { resource.replaced: off }").results.map(\.rule.name) == ["x"])
    }

    @Test func `a mistake in 'rules' names the nearest right thing`() throws {
        func mistake(_ rules: String) -> String? {
            Baseline.mistakes("environment: a\n\(expected)\nrules: \(rules)").first
        }
        #expect(
            mistake("{ resource.replace: error }")
                == "baseline.yml:3:10: unknown key 'resource.replace' in 'rules': did you mean 'resource.replaced'?")
        #expect(
            mistake("{ resource.replaced: fatal }")
                == "baseline.yml:3:29: 'resource.replaced' takes error, warning, note, off, and this is 'fatal'")
        #expect(mistake("[ resource.replaced ]") == "baseline.yml:3:8: 'rules' must be a map, and this is a list")
    }

    @Test func `a rule has the severity of the extended file unless it is overridden`() throws {
        let base = "\(expected)\nrules: { resource.replaced: error, environment.failed: error }"
        let baseline = try Baseline(
            yaml: "extends: a.yml\nenvironment: b\nrules: { environment.failed: off, environment.terminated: warning }",
            file: "baseline.yml", kinds: .all, attributes: SomeAttributes(), loading: { _, _ in base })
        let severities = baseline.builtInRules.map { "\($0.name) \($0.info.severity)" }
        #expect(
            severities.prefix(2) == ["resource.replaced error", "environment.terminated warning"])
    }

    @Test func `an expectation that names the attribute of a resource takes the place of the rule`() throws {
        let named = "expect: [ { name: x, resource: rds.db-instance, is: { DbiResourceId: b } } ]"
        let content: [FacetID: JSON] = [Stack.database.described: ["DbiResourceId": "b"]]
        #expect(try drift(["a", "b"], named, facets: content).findings.isEmpty)
        let other = named.replacing("is:", with: "where: { identity: another }, is:")
        #expect(try drift(["a", "b"], other, facets: content).findings.map(\.rule.name) == ["x", "resource.replaced"])
    }

    @Test func `an accepted incarnation that comes back is accepted still, and its waiver matches`() throws {
        let waiver = try #require(drift(["a", "b"], expected).findings.first).waiver()
        let yaml = expected + "\nwaivers: [ \(waiver) ]"
        for incarnations in [["a", "b"], ["a", "b", "b"], ["a", "b", "c", "b"]] as [[JSON]] {
            let drift = try drift(incarnations, yaml)
            #expect(drift.findings.map(\.isWaived) == [true], "\(incarnations)")
        }
        #expect(try drift(["a", "b", "c"], yaml).findings.map(\.isWaived) == [false])
    }

    @Test func `incarnations are those under the binding in force at an entry`() {
        func stretch(_ seq: Int64, _ value: JSON?) -> EarlierEntries.Stretch {
            EarlierEntries.Stretch(since: Seq(rawValue: seq), value: value)
        }
        // Bound at @0 and @5; @6 is the first snapshot under the second binding.
        let other = ResourceID(.rdsDBInstance, "other")
        let history = EarlierEntries(
            [
                Stack.database: [stretch(1, "a"), stretch(3, "b"), stretch(8, "c")],
                other: [stretch(1, "a"), stretch(4, .none), stretch(7, "b")],
            ], bindings: [Seq(rawValue: 1), Seq(rawValue: 6)])
        func found(_ resource: ResourceID, _ seq: Int64) -> [JSON] {
            history.incarnations(of: resource, upTo: Seq(rawValue: seq))
        }
        #expect(found(Stack.database, 4) == ["a", "b"] && found(Stack.database, 6) == ["b"])
        #expect(found(Stack.database, 9) == ["b", "c"])
        #expect(found(other, 4) == ["a"] && found(other, 9) == ["b"])
    }

    @Test func `a waiver that names another rule does not accept the finding`() throws {
        let waiver = try #require(drift(["a", "b"], expected).findings.first).waiver()
        let other = waiver.replacing(#""rule": "resource.replaced""#, with: #""rule": "resource.replace""#)
        let found = try drift(["a", "b"], expected + "\nwaivers: [ \(other) ]").findings.filter { !$0.isWaived }
        #expect(found.first?.note?.contains("the waiver accepts it for the rule 'resource.replace'") == true)
    }

    @Test func `a failed deployment of another version is another value`() throws {
        func failed(_ version: String, waivers: String = "") throws -> [Finding] {
            let content: JSON = ["EnvironmentName": "antenna-prod", "VersionLabel": .string(version)]
            let snapshot = try SnapshotView.of(
                [Stack.environment.described: content], failures: [.configurationFailed])
            return try drift(snapshot, nil, expected + "\nwaivers: [ \(waivers) ]").findings.filter {
                $0.rule.name == "environment.failed"
            }
        }
        let waiver = try #require(failed("v10").first).waiver()
        #expect(try failed("v10", waivers: waiver).map(\.isWaived) == [true])
        #expect(try failed("v11", waivers: waiver).map(\.isWaived) == [false])
    }

    @Test func `resources that are unseen for one reason are one finding`() throws {
        let two = [Stack.database, ResourceID(.rdsDBInstance, "antenna-replica")]
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: Set(two.map(\.described)))
        let (snapshot, incarnations) = try replaced(
            Dictionary(uniqueKeysWithValues: two.map { ($0, ["a", "b"]) }), gaps: [gap])
        let drift = try drift(snapshot, incarnations)
        #expect(drift.findings.map(\.resource) == [nil] && drift.count(.unseen) == 1)
    }

    // MARK: resource.replaced

    @Test func `a resource of a name that belonged to another one is replaced`() throws {
        let finding = try #require(try drift(["db-A", "db-B"]).findings.first)
        #expect(finding.resource == Stack.database && finding.path == nil && finding.value == .plain("db-B"))
        #expect(
            finding.sentence == "was replaced by another resource of its name: DbiResourceId is db-B, was db-A")
        #expect(try drift(["db-A"]).findings.isEmpty && drift(["db-A", "db-B", "db-A"]).findings.isEmpty)
    }

    @Test func `a waiver accepts one incarnation, and a later one is compared with it`() throws {
        let waiver = try #require(try drift(["A", "B"], expected).findings.first).waiver()
        let waived = expected + "\nwaivers: [ \(waiver) ]"
        let accepted = try drift(["A", "B"], waived)
        #expect(accepted.findings.map(\.isWaived) == [true])
        for values: [JSON] in [["A", "B", "C"], ["A", "B", "A"]] {
            let again = try drift(values, waived)
            #expect(again.findings.map(\.isWaived) == [false])
            #expect(again.findings.first?.sentence?.hasSuffix("is \(values[2].string ?? ""), was B") == true)
            #expect(again.findings.first?.id == accepted.findings.first?.id)
        }
    }

    @Test func `without the earlier incarnations, or the present one, a replacement is unseen`() throws {
        let (snapshot, incarnations) = try replaced([Stack.database: ["A", "B"]])
        #expect(try drift(snapshot, nil).count(.unseen) == ["resource.replaced", "release.unrecorded"].count)
        let older = try SnapshotView.of([Stack.database.described: ["DbiResourceId": "db-B"]])
        #expect(try drift(older, incarnations).count(.unseen) == 1)
    }

    @Test func `a replacement is not reported of what ordinary deploys replace, nor of what is left`() throws {
        let log = ResourceID(.logsLogGroup, "/aws/elasticbeanstalk/antenna-prod/var/log/eb-engine.log")
        #expect(try drift([1, 2], of: log).findings.isEmpty)
        #expect(try drift(["A", "B"], facets: [Stack.database.reach: ["reached": false]]).findings.isEmpty)
    }

    @Test func `two kinds of resources with one identity have two findings`() throws {
        let kinds = [Kind.iamRole, .iamInstanceProfile]
        let (snapshot, incarnations) = try replaced(
            Dictionary(uniqueKeysWithValues: kinds.map { (ResourceID($0, "antenna"), ["A", "B"]) }))
        #expect(Set(try drift(snapshot, incarnations).findings.map(\.id)).count == 2)
    }

    // MARK: environment.failed, environment.terminated

    @Test func `a failed deployment is a note, and an error if strict`() throws {
        let failed = try SnapshotView.of(environment, failures: [.configurationFailed])
        let finding = try #require(try drift(failed).findings.first)
        #expect(finding.rule.name == "environment.failed" && finding.resource == Stack.environment)
        #expect(try drift(failed).verdict == .inSync && drift(failed, isStrict: true).verdict == .drifted)
    }

    @Test func `whether a deployment failed is unseen without the settings`() throws {
        let unknown = try SnapshotView.of(environment, unsettled: [.configurationUnknown])
        #expect(try drift(unknown).findings.map(\.rule.name) == ["environment.failed"])
        #expect(try drift(unknown).count(.unseen) == 1)
    }

    @Test(arguments: ["Terminating", "Terminated"]) func `a terminated environment is a note, and an error if strict`(
        status: String
    ) throws {
        let ended = try SnapshotView.of(environment, unsettled: [.environmentStatus(status)])
        #expect(try drift(ended).findings.map(\.sentence) == ["its status is \(status)"])
        #expect(try drift(ended).verdict == .inSync && drift(ended, isStrict: true).verdict == .drifted)
        let named = """
            expect: [ { name: x, resource: elasticbeanstalk.environment, readings: { Status: { not: Terminating } } } ]
            """
        #expect(try drift(ended, nil, named).findings.allSatisfy { $0.rule.name == "x" })
    }

    @Test func `an unsettled snapshot is unseen if strict`() throws {
        let unsettled = try SnapshotView.of(environment, unsettled: [.configurationPending])
        #expect(try drift(unsettled).verdict == .inSync && drift(unsettled, isStrict: true).verdict == .unseen)
        #expect(try drift(unsettled, isStrict: true).verdict(at: DriftGate(threshold: nil)) == .inSync)
        #expect(try drift(.of(environment), isStrict: true).verdict == .inSync)
    }
}
