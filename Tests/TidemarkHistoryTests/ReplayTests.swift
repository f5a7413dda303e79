import CivilTime
import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

/// A baseline evaluated against every stored snapshot.
struct ReplayTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private struct AnyAttributes: AttributeCatalogue {
        func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? { nil }
    }

    private func baseline(_ expectations: String = "{ name: x, resource: rds.db-instance, is: { Engine: postgres } }")
        throws -> Baseline
    {
        try Baseline(
            yaml: "environment: antenna-production\nexpect: [ \(expectations) ]\n", file: "b.yml",
            kinds: .all, attributes: AnyAttributes())
    }

    private func replay(_ baseline: Baseline? = nil, since moment: String? = nil) throws -> Replay {
        try scratch.history.replay(
            of: EnvironmentName("antenna-production"), from: baseline ?? self.baseline(),
            since: moment.map { text throws(Failure) in try Moment(text) })
    }

    private static let gap = Gap(
        question: Question(service: "rds", operation: "DescribeDBInstances", parameters: [:]), outcome: .denied,
        reason: .emptyAnswer, facets: [.of("antenna-postgres")], kinds: [])

    /// Appends a snapshot one hour after the previous one.
    private func append(_ engine: String?, hour: Int, release: String? = nil, health: String? = nil) throws {
        var observation = EnvironmentObservation.of(
            engine.map { [.of("antenna-postgres"): ["Engine": .string($0)]] } ?? [:],
            gaps: engine == nil ? [Self.gap] : [])
        let database = ResourceID(.rdsDBInstance, "antenna-postgres")
        observation.readings =
            health.map { [Reading(resource: database, name: "DBInstanceStatus", value: .string($0))] } ?? []
        try scratch.append(observation, release: release, at: Int64(hour) * 3_600_000)
    }

    /// `drifted 2-4`, `unseen 5-`, with how many snapshots and hours.
    private func told(_ replay: Replay, _ rule: Int = 0) -> [String] {
        replay.tracks[rule].stretches.map { stretch in
            let end = stretch.end.map { "\($0.seq.rawValue)" } ?? ""
            let before = stretch.start.isAtLatest ? " or before" : ""
            let hours = replay.milliseconds(of: stretch) / 3_600_000
            return "\(stretch.verdict.rawValue) \(stretch.start.entry.seq.rawValue)-\(end)\(before): "
                + "\(stretch.snapshotCount) in \(hours) h"
        }
    }

    @Test func `a replay shows when a finding existed, for how long and how often`() throws {
        for (hour, engine) in ["postgres", "mysql", "mysql", "postgres", "oracle", "mysql", "postgres"].enumerated() {
            try append(engine, hour: hour, release: hour == 1 ? "v10" : nil)
        }
        let replay = try replay()
        #expect(told(replay) == ["drifted 2-4: 2 in 2 h", "drifted 5-7: 2 in 2 h"])
        #expect(replay.tracks[0].timesFired == 2)
        #expect(replay.tracks[0].verdict == .inSync)
        #expect(replay.tracks[0].drifts[0].start.entry.release == "v10")
        #expect(replay.tracks[0].drifts[0].start.entry.isWithRelease)
        #expect([replay.first?.seq, replay.last?.seq] == [Seq(rawValue: 1), Seq(rawValue: 7)])
        #expect(replay.snapshotCount == 7)
    }

    @Test func `a finding that still exists ends with the last snapshot`() throws {
        for (hour, engine) in ["mysql", "mysql", "mysql"].enumerated() { try append(engine, hour: hour) }
        #expect(try told(replay()) == ["drifted 1- or before: 3 in 2 h"])
        #expect(try replay().tracks[0].verdict == .drifted)
    }

    @Test func `unseen periods are separate, and do not end a finding`() throws {
        for (hour, engine) in ["postgres", nil, "mysql", nil, nil, "mysql", "postgres", "mysql"].enumerated() {
            try append(engine, hour: hour)
        }
        let replay = try replay()
        #expect(
            told(replay) == [
                "unseen 2-3: 1 in 1 h", "drifted 3-4 or before: 1 in 1 h", "unseen 4-6: 2 in 2 h",
                "drifted 6-7 or before: 1 in 1 h", "drifted 8-: 1 in 0 h",
            ])
        #expect(replay.tracks[0].timesFired == 2)
    }

    @Test func `a replay begins at the moment it is given`() throws {
        for (hour, engine) in ["mysql", "mysql", "postgres", "mysql"].enumerated() { try append(engine, hour: hour) }
        #expect(try told(replay(since: "@2")) == ["drifted 2-3 or before: 1 in 1 h", "drifted 4-: 1 in 0 h"])
        #expect(try told(replay(since: "latest")) == ["drifted 4-: 1 in 0 h"])
        #expect(try replay(since: "1999-01-01T00:00:00Z").snapshotCount == 4)
        #expect(throws: Failure.self) { try replay(since: "@9") }
    }

    @Test func `readings and releases are evaluated at every snapshot`() throws {
        for (hour, health) in ["available", "failed", "failed", "available"].enumerated() {
            try append("postgres", hour: hour, release: hour == 2 ? "v3" : nil, health: health)
        }
        let yaml = """
            environment: antenna-production
            expect: [ { name: x, resource: rds.db-instance, readings: { DBInstanceStatus: available } } ]
            releases: { commit: required }

            """
        let baseline = try Baseline(yaml: yaml, file: "b.yml", kinds: .all, attributes: AnyAttributes())
        #expect(try told(replay(baseline)) == ["drifted 2-4: 2 in 2 h"])
        #expect(try told(replay(baseline), 1) == ["unseen 1-3 or before: 2 in 2 h", "drifted 3- or before: 2 in 1 h"])
    }

    @Test(arguments: 0..<6)
    func `a replay has the findings of a drift at each snapshot`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let engines: [String?] = ["postgres", "postgres", "mysql", "oracle", nil]
        for hour in 0..<30 {
            let isReleased = Int.random(in: 0..<6, using: &random) == 0
            try append(
                engines.randomElement(using: &random) ?? nil, hour: hour, release: isReleased ? "v\(hour)" : nil,
                health: ["available", "failed", nil].randomElement(using: &random) ?? nil)
        }
        let baseline = try baseline(
            """
            { name: a, resource: rds.db-instance, severity: note, is: { Engine: postgres } },
            { name: b, resource: rds.db-instance, readings: { DBInstanceStatus: available } },
            { name: c, resource: rds.db-instance, is: { Engine: { one-of: [ mysql, oracle ] } } },
            { name: d, resource: elasticache.replication-group, count: 0 }
            """)
        let replay = try replay(baseline)
        for seq in 1...30 {
            let drift = try scratch.history.drift(
                of: EnvironmentName("antenna-production"), at: .seq(Seq(rawValue: Int64(seq))), from: baseline,
                now: ProgramClock.system.now(), maximumAge: nil)
            for (track, result) in zip(replay.tracks, drift.results) {
                let stretch = track.stretches.first { stretch in
                    stretch.start.entry.seq.rawValue <= seq && stretch.end.map { $0.seq.rawValue > seq } ?? true
                }
                #expect(track.rule.name == result.rule.name)
                #expect(
                    (stretch?.verdict ?? .inSync).rawValue == result.status.rawValue, "@\(seq) \(track.rule.name)")
            }
        }
    }

    @Test func `a history whose log and content disagree is refused`() throws {
        for (hour, engine) in ["postgres", "mysql", "postgres"].enumerated() { try append(engine, hour: hour) }
        try scratch.tamper("UPDATE log_content SET bytes = x'7b7d'")
        #expect(throws: Failure.self) { try replay() }
    }

    @Test func `a literal for a redacted value is a mistake, like in a drift`() throws {
        try scratch.append(.of([.of("antenna-postgres"): ["MasterUserPassword": Redacted.value]]))
        let baseline = try baseline("{ name: x, resource: rds.db-instance, is: { MasterUserPassword: a } }")
        #expect(throws: FileError.self) { try replay(baseline) }
    }
}
