import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBaseline
@testable import TidemarkHistory

/// The onsets of findings in random histories, compared with an evaluation of every snapshot.
struct OnsetTests {
    private let scratch: Scratch
    private let environment: EnvironmentName

    init() throws {
        scratch = try Scratch()
        environment = try EnvironmentName("antenna-production")
    }

    @Test(arguments: 0..<5)
    func `an onset is the one that an evaluation of every snapshot finds`(seed: UInt64) throws {
        var stack = RandomStack(seed: seed)
        for number in 1...20 {
            try scratch.append(stack.next(), release: stack.chance(1, of: 6) ? "v\(number)" : nil, at: Int64(number))
        }
        let (history, baseline) = (try scratch.history, try baseline())
        let newest = try #require(try history.newest(of: environment)).seq
        for back in [0, 7] {
            let seq = try history.snapshot(of: environment, at: .latest(back: back)).seq
            let drift = try history.drift(
                of: environment, at: .seq(seq), from: baseline, now: Stack.start, maximumAge: nil)
            let past = try EveryState(history, environment, drift, upTo: min(seq, newest))
            for result in drift.results where result.rule.isAboutSnapshot {
                for finding in result.findings where finding.isDrifted {
                    let place = "seed \(seed) \(seq) \(result.rule.name) \(finding.path?.description ?? "")"
                    let since = try past.onset(of: finding, result.rule, past.isSame)
                    if finding.value == .redacted {
                        // Whether a value without a fingerprint is the same is unknown, unless nothing changed.
                        let (found, least) = (try #require(finding.since), try #require(since))
                        #expect(found.entry.seq <= least.entry.seq && (found == least || found.isAtLatest), "\(place)")
                    } else {
                        #expect(finding.since == since, "\(place)")
                    }
                    #expect(
                        try finding.driftingSince == past.onset(of: finding, result.rule, past.isAtSamePlace),
                        "\(place)")
                }
            }
        }
    }

    private func baseline() throws -> Baseline {
        let replaced = BuiltInRule.resourceReplaced
        let rule = Rule.builtIn(replaced, Baseline.builtInRules(of: environment).info(of: replaced, .error))
        let accepted = FindingID(
            environment: environment, rule: rule, resource: ResourceID(.rdsDBInstance, "antenna-1"), path: nil,
            element: nil)
        return try Baseline(
            yaml: """
                environment: antenna-production
                unexpected: [ ec2.security-group ]
                releases: { commit: required }
                rules: { resource.replaced: error, environment.failed: error, environment.terminated: warning }
                expect:
                  - { name: one, resource: rds.db-instance, where: { DBInstanceIdentifier: antenna-1 }, is: { Engine: postgres, DBInstanceClass: a, MasterUserPassword: { present: false } } }
                  - { name: all, resource: rds.db-instance, each: true, is: { Engine: postgres, security-groups: [ sg-1 ] } }
                  - { name: number, resource: rds.db-instance, where: { Engine: postgres }, count: 3 }
                  - { name: exact, resource: rds.db-instance, where: { identity: antenna-2 }, exact: true, is: { Engine: postgres } }
                  - { name: health, resource: rds.db-instance, each: true, readings: { DBInstanceStatus: available } }
                  - { name: web, resource: ec2.security-group, where: { GroupName: web }, is: { ingress: [] } }
                  - { name: linked, resource: ec2.security-group, where: { GroupId: "${one.security-groups}" }, is: { GroupName: web } }
                  - { name: texts, resource: rds.db-instance, where: { identity: antenna-3 }, is: { security-groups: [ "${web}" ] } }
                  - { name: cache, resource: elasticache.replication-group, is: { Engine: redis } }
                waivers:
                  - { finding: \(accepted), rule: resource.replaced, resource: rds.db-instance/antenna-1, value: B, owner: dba-team, reason: restored, until: "2026-12-31" }
                """, file: "baseline.yml", kinds: .all, attributes: AnyAttributes())
    }
}

private struct AnyAttributes: AttributeCatalogue {
    func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? { nil }
}

/// Every snapshot of a history up to a drift's, each evaluated by itself.
private struct EveryState {
    private let entries: [DatedEntry]
    /// The results of each rule, newest first.
    private let results: [String: [(findings: [Finding], isUnseen: Bool)]]

    init(_ history: History, _ environment: EnvironmentName, _ drift: Drift, upTo seq: Seq) throws {
        let seqs = try history.entries(of: environment).filter { $0.snapshot != nil }.map(\.entry.header.seq)
            .filter { $0 <= seq }
        let incarnations = try history.incarnations(of: environment)
        var entries: [DatedEntry] = []
        var results: [String: [(findings: [Finding], isUnseen: Bool)]] = [:]
        for seq in seqs {
            let view = SnapshotView(try history.snapshot(of: environment, at: .seq(seq)), kinds: .all)
            let release = try history.newestRelease(of: environment, upTo: seq)
            entries.append(
                DatedEntry(
                    seq: seq, at: view.at, release: release?.release.label, isWithRelease: release?.seq == seq))
            for rule in Dictionary(grouping: drift.results.map(\.rule), by: \.title).values.map({ $0[0] }) {
                var evaluator = BaselineEvaluator(view, drift.baseline, release: release, incarnations: incarnations)
                let findings = evaluator.findings(for: rule)
                let isUnseen = findings.contains { !$0.isDrifted } || !evaluator.mistakes.isEmpty
                results[rule.title, default: []].append((findings.filter(\.isDrifted), isUnseen))
            }
        }
        (self.entries, self.results) = (entries, results)
    }

    /// The oldest of the snapshots that all have a finding.
    func onset(
        of finding: Finding, _ rule: Rule, _ has: (Finding, [Finding]) -> Bool?
    ) throws -> Onset? {
        let past = try #require(results[rule.title])
        for (index, earlier) in past.enumerated().dropFirst() {
            let same = has(finding, earlier.findings)
            if same != true { return Onset(entries[index - 1], isAtLatest: earlier.isUnseen || same == nil) }
        }
        return entries.last.map { Onset($0, isAtLatest: true) }
    }

    func isSame(_ finding: Finding, _ others: [Finding]) -> Bool? {
        guard let other = others.first(where: { $0.id == finding.id }) else { return false }
        guard let one = finding.value, let other = other.value else { return finding.value == other.value }
        return one.isSame(as: other)
    }

    func isAtSamePlace(_ finding: Finding, _ others: [Finding]) -> Bool? {
        others.contains { other in
            finding.rule.key(of: finding.resource) == other.rule.key(of: other.resource)
                && finding.path?.written == other.path?.written
        }
    }
}

/// A stack of which something changes from each observation to the next, mostly to what it was before.
private struct RandomStack {
    private struct Instance {
        var engine: String? = "postgres"
        var size = "a"
        var groups = ["sg-1"]
        var incarnation = "A"
        var isReached = true
        var health = "available"
        var secret: String?
    }

    private static let names = ["antenna-1", "antenna-2", "antenna-3"]
    private static let firewalls = ["sg-1", "sg-2", "sg-3"]

    private var random: SeededGenerator
    private var instances = names.map { _ in Instance() }
    private var groupNames = ["web", "rds", "rds"]
    private var source = "sg-2"
    private var gaps: [Gap] = []
    private var decoder: String? = "1"
    private var key: String? = "k1"
    private var binding = "e-abc"
    private var failures: [DeploymentFailure] = []
    private var status = "Ready"

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func chance(_ count: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < count }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    mutating func next() -> EnvironmentObservation {
        for _ in 0..<Int.random(in: 0...2, using: &random) { change() }
        return observation()
    }

    private mutating func change() {
        let index = Int.random(in: instances.indices, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0, 1: instances[index].engine = pick(["postgres", "mysql", "mysql", nil])
        case 2: instances[index].size = pick(["a", "b", "c"])
        case 3: instances[index].groups = pick([["sg-1"], ["sg-1", "sg-2"], ["sg-2"], ["sg-3"]])
        case 4: instances[index].incarnation = pick(["A", "B", "C"])
        case 5: instances[index].isReached.toggle()
        case 6: instances[index].health = pick(["available", "failed", "stopped"])
        case 7: instances[index].secret = pick([nil, "x", "y"])
        case 8: groupNames[index] = pick(["web", "rds"])
        case 9: source = pick(Self.firewalls)
        case 10: gaps = pick([[], [], [Self.ofDatabase], [Self.ofGroups]])
        case 11: decoder = pick(["1", "1", "2", nil])
        case 12: key = pick(["k1", "k1", "k2", nil])
        case 13: binding = pick(["e-abc", "e-rebuilt"])
        case 14: failures = pick([[], [.configurationFailed]])
        default: status = pick(["Ready", "Ready", "Updating", "Terminated"])
        }
    }

    private static let ofDatabase = Gap.denied(
        "rds", "DescribeDBInstances", facets: [FacetID(ResourceID(.rdsDBInstance, "antenna-1"), Snapshot.description)])
    private static let ofGroups = Gap.denied("ec2", "DescribeSecurityGroups", kinds: [.ec2SecurityGroup])

    private func observation() -> EnvironmentObservation {
        var facets: [FacetID: JSON?] = [
            Stack.environment.described: ["EnvironmentName": "antenna-prod", "VersionLabel": "v1"]
        ]
        var (fingerprints, readings) = ([Fingerprint](), [Reading]())
        for (name, instance) in zip(Self.names, instances) {
            let resource = ResourceID(.rdsDBInstance, name)
            let content: JSON? = instance.engine.map { engine in
                [
                    "DBInstanceIdentifier": .string(name), "Engine": .string(engine),
                    "DBInstanceClass": .string(instance.size), "DbiResourceId": .string(instance.incarnation),
                    "VpcSecurityGroups": .array(instance.groups.map { ["VpcSecurityGroupId": .string($0)] }),
                    "MasterUserPassword": Redacted.value,
                ]
            }
            if !gaps.contains(Self.ofDatabase) || name != "antenna-1" { facets[resource.described] = .some(content) }
            facets[resource.incarnation] = .some(content?["DbiResourceId"])
            facets[resource.reach] =
                content == nil
                ? Snapshot.tombstone(wasSeen: true) : Snapshot.reach(instance.isReached, isRoutine: false)
            guard content != nil else { continue }
            readings.append(Reading(resource: resource, name: "DBInstanceStatus", value: .string(instance.health)))
            guard let key else { continue }
            fingerprints.append(
                Fingerprint(
                    location: .init(facet: resource.described, path: "MasterUserPassword", part: "value"),
                    value: instance.secret.map { .init(key: key, code: $0) }))
        }
        for (id, name) in zip(Self.firewalls, groupNames) {
            let permission: JSON = [
                "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                "UserIdGroupPairs": [["GroupId": .string(source)]],
            ]
            let (facet, content) = Stack.group(id, name, ["IpPermissions": .array([permission])])
            facets[facet] = content
        }
        var observation = EnvironmentObservation.of(
            facets, id: binding, fingerprints: fingerprints, keyID: key, gaps: gaps,
            unsettled: status == "Ready" ? [] : [.environmentStatus(status)])
        observation.readings = readings
        observation.failures = failures
        observation.decoders[.rdsDBInstance] = decoder
        return observation
    }
}
