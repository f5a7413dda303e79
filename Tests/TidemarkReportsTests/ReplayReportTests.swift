import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkReports

struct ReplayReportTests {
    /// A replay of a database that differed on the second and the third of four days, and was unseen on the fourth.
    private func report() throws -> ReplayReport {
        let position = Position(file: "baseline.yml", line: 3, column: 5)
        let expectations = [("never", "never"), ("database", "postgres")].map { name, engine in
            TidemarkBaseline.Expectation(
                name: name, kind: Stack.database.kind, conditions: [],
                requirements: Stack.requirement("Engine", .scalar(ExpectedScalar(engine))),
                info: RuleInfo(section: "5.1", position: position))
        }
        let baseline = Baseline(
            environment: try EnvironmentName("antenna-production"), documents: "A guide", expectations: expectations,
            files: [SourceFile(name: "baseline.yml", text: "")])
        let engines: [String?] = ["postgres", "mysql", "mysql", nil]
        let states = try engines.enumerated().map { day, engine in
            let snapshot = try Stack.snapshot(
                engine.map { [Stack.described(Stack.database): ["Engine": .string($0)]] } ?? [:],
                gaps: engine == nil ? [Stack.denied] : [])
            let at = Timestamp(millisecondsSince1970: Stack.start.millisecondsSince1970 + Int64(day) * 86_400_000)
            let seq = Seq(rawValue: Int64(day) + 1)
            let entry = DatedEntry(seq: seq, at: at, release: day > 0 ? "v10" : nil, isWithRelease: day == 1)
            return (entry, snapshot.snapshot)
        }
        let replay = try Replay(
            of: baseline.environment, from: baseline,
            over: RecordedStates { body throws(Failure) in
                do { try body(StatesInMemory(states)) } catch { throw Failure(.invalid, "\(error)") }
            }, from: .first, kinds: .all)
        return ReplayReport(replay)
    }

    @Test func `each expectation shows when it drifted`() throws {
        #expect(
            try report().text() == """
                antenna-production against 'A guide', in 4 snapshots
                from 2026-11-23 20:40:43Z (@1) to 2026-11-26 20:40:43Z (@4)

                drifted once, 3 days in all  never: rds.db-instance, section 5.1
                  drifted  @1, 2026-11-23 20:40:43Z, or before, to @4, 2026-11-26 20:40:43Z, after release v10: 3 days, 3 snapshots
                  unseen   @4, 2026-11-26 20:40:43Z, after release v10, to @4, the last snapshot: 0 seconds, 1 snapshot

                drifted once, 2 days in all  database: rds.db-instance, section 5.1
                  drifted  @2, 2026-11-24 20:40:43Z, with release v10, to @4, 2026-11-26 20:40:43Z, after release v10: 2 days, 2 snapshots
                  unseen   @4, 2026-11-26 20:40:43Z, after release v10, to @4, the last snapshot: 0 seconds, 1 snapshot

                2 expectations: 2 drifted, 0 of them more than once, 0 at the end; 2 unseen at times

                """)
    }

    @Test func `the JSON has every stretch`() throws {
        let json = try JSON(parsing: report().json)
        let database = try #require(json.elements("expectations").last)
        #expect([json["report"], json["snapshots"], json["from"]?["seq"], json["to"]?["seq"]] == ["replay", 4, 1, 4])
        #expect([database["times"], database["seconds"], database["verdict"]] == [1, 172_800, "unseen"])
        #expect(database.elements("stretches").map { $0["verdict"] } == ["drifted", "unseen"])
        #expect(database.elements("stretches").map { $0["to"]?["seq"] ?? .null } == [4, .null])
        #expect(database.elements("stretches").first?["from"]?["withRelease"] == true)
    }
}

/// Recorded states, of which each differs from the one before.
private final class StatesInMemory: StateReader {
    func restarts() -> [Seq] { [] }
    private let states: [(entry: DatedEntry, snapshot: Snapshot)]

    init(_ states: [(DatedEntry, Snapshot)]) { self.states = states }

    func snapshots() -> [Seq] { states.map(\.entry.seq) }
    func timeline(of parts: Set<StatePart>) -> StateTimeline {
        var timeline = StateTimeline()
        for seq in snapshots() { timeline.add(ContentSum(of: "\(seq)"), at: seq) }
        return timeline
    }
    func snapshot(with parts: Set<StatePart>, at seq: Seq) throws -> Snapshot {
        try #require(states.first { $0.entry.seq == seq }).snapshot
    }
    func release(at seq: Seq) -> RecordedRelease? { nil }
    func datedEntry(_ seq: Seq) throws -> DatedEntry { try #require(states.first { $0.entry.seq == seq }).entry }
}
