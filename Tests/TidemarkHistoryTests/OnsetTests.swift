import Locking
import StrictJSON
import StrictYAML
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
    func `onsets and replays are those that an evaluation of every snapshot finds`(seed: UInt64) throws {
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
            if seq == newest { try expectReplay(of: baseline, in: history, past, "seed \(seed)") }
            for result in drift.results where result.rule.isAboutSnapshot {
                for finding in result.findings where finding.isDrifted {
                    let place = "seed \(seed) \(seq) \(result.rule.name) \(finding.path?.description ?? "")"
                    let since = try past.onset(of: finding, result.rule, past.isSame)
                    let drifting = try past.onset(of: finding, result.rule, past.isAtSamePlace)
                    if finding.value == .redacted {
                        // Whether a value without a fingerprint is the same is unknown, unless nothing changed.
                        let (found, least) = (try #require(finding.since), try #require(since))
                        #expect(found.entry.seq <= least.entry.seq, "\(place)")
                        #expect(found.isAtLatest || found == least || found == drifting, "\(place)")
                    } else {
                        #expect(finding.since == since, "\(place)")
                    }
                    #expect(finding.driftingSince == drifting, "\(place)")
                }
            }
        }
    }

    private func expectReplay(
        of baseline: Baseline, in history: History, _ past: EveryState, _ place: Comment
    ) throws {
        let replay = try Replay(
            of: environment, from: baseline, over: history.states(of: environment), from: .first,
            earlier: history.earlierEntries(of: environment), kinds: .all)
        for track in replay.tracks {
            for (seq, verdict) in try past.verdicts(of: track.rule) {
                let stretch = track.stretches.last { $0.start.entry.seq <= seq }
                let isOver = stretch?.end.map { $0.seq <= seq } ?? false
                #expect((isOver ? nil : stretch?.verdict) ?? .inSync == verdict, "\(place) \(seq) \(track.rule.title)")
            }
        }
    }

    @Test func `a rule is evaluated once for each content that it reads, however often it comes back`() throws {
        let resource = ResourceID(Kind(rawValue: "test.counter"), "x")
        let count = Locked(0)
        let counter = KindDefinition(
            resource.kind, decoder: 1, questions: [],
            facts: [
                FactDefinition("counted", "The value, with the number of times that it was computed.", shape: .scalar) {
                    count.withLock { $0 += 1 }
                    return $0.facet(Snapshot.description)
                }
            ])
        let kinds = KindRegistry.all.adding([counter])
        for number in 1...40 {
            let value: JSON = number == 1 ? "never again" : number.isMultiple(of: 3) ? "a" : "b"
            var observation = EnvironmentObservation.of(
                [resource.described: value, .of("antenna-postgres"): ["Engine": .string("\(number)")]])
            observation.decoders[resource.kind] = "1"
            try scratch.append(observation)
        }
        let expected = Requirement(
            path: AttributePath([.member("counted")]), expected: .scalar(ExpectedScalar("never again")),
            position: Position(file: "baseline.yml", line: 1, column: 1))
        let baseline = Baseline(
            environment: environment, documents: nil,
            expectations: [
                TidemarkBaseline.Expectation(
                    name: "x", kind: resource.kind, conditions: [], requirements: [expected],
                    info: RuleInfo(position: expected.position))
            ])
        let history = try scratch.history
        let counts = try [10, 40].map { seq in
            let snapshot = try history.snapshot(of: environment, at: .seq(Seq(rawValue: Int64(seq))))
            let drift = try Drift(
                of: SnapshotView(snapshot, kinds: kinds), from: baseline, now: Stack.start, maximumAge: nil)
            count.withLock { $0 = 0 }
            let dated = try drift.dated(by: history.states(of: environment))
            #expect(dated.findings.first?.driftingSince?.entry.seq == Seq(rawValue: 2))
            return count.withLock { $0 }
        }
        #expect(counts[0] > 0 && counts[0] == counts[1])
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
                  - { name: named, resource: rds.db-instance, where: { identity: antenna-2 }, is: { DBInstanceClass: "${one.DBInstanceClass}" } }
                  - { name: tags, resource: ecr.tag, count: 1 }
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
        let incarnations = try history.earlierEntries(of: environment)
        var entries: [DatedEntry] = []
        var results: [String: [(findings: [Finding], isUnseen: Bool)]] = [:]
        for seq in seqs {
            let view = SnapshotView(try history.snapshot(of: environment, at: .seq(seq)), kinds: .all)
            let release = try history.newestRelease(of: environment, upTo: seq)
            entries.append(
                DatedEntry(
                    seq: seq, at: view.at, release: release?.release.label, isWithRelease: release?.seq == seq))
            for rule in Dictionary(grouping: drift.results.map(\.rule), by: \.title).values.map({ $0[0] }) {
                var evaluator = BaselineEvaluator(view, drift.baseline, release: release, earlier: incarnations)
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

    func verdicts(of rule: Rule) throws -> [(Seq, Verdict)] {
        let verdicts = try #require(results[rule.title]).map { findings, isUnseen -> Verdict in
            findings.isEmpty ? isUnseen ? .unseen : .inSync : .drifted
        }
        return Array(zip(entries.map(\.seq), verdicts))
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
