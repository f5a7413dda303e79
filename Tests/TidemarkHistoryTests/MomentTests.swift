import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds

struct MomentTests {
    private let scratch: Scratch

    /// @0 binding, @1 v9, @2 no release, @3 v10, @4 v9 again; a minute apart from 20:40:43.123 on.
    init() throws {
        scratch = try Scratch()
        for (number, release) in ["v9", nil, "v10", "v9"].enumerated() {
            try scratch.append(.of([.of("a"): JSON(number)]), release: release, at: Int64(number) * 60_000)
        }
    }

    @Test(
        arguments: [
            ("latest", 4), ("latest~0", 4), ("latest~1", 3), ("latest~3", 1), ("@4", 4), ("@1", 1), ("release:v10", 3),
            ("v10", 3), ("release:v10~1", 2), ("v10~2", 1), ("2026-11-23T20:40:43.123Z", 1),
            ("2026-11-23T20:41:43.122Z", 1),
            ("2026-11-23T20:41:43.123Z", 2), ("2030-01-01T00:00:00Z", 4), ("2026-11-23T21:42:43.123+01:00", 3),
        ] as [(String, Int64)])
    func `a moment names a snapshot`(moment: String, seq: Int64) throws {
        #expect(try scratch.snapshot(moment).seq == Seq(rawValue: seq))
    }

    @Test(arguments: [
        "latest~4", "@0", "@5", "@99", "v11", "release:latest", "v10~3", "2026-11-23T20:40:43.122Z",
    ])
    func `a moment without a snapshot is not found`(moment: String) {
        let failure = #expect(throws: Failure.self) { try scratch.snapshot(moment) }
        #expect(failure?.code == .notFound)
    }

    @Test func `a wrong clock that was ahead once does not hide the entries after it`() throws {
        try scratch.append(.of(), at: 30 * 365 * 86_400_000)  // @5
        #expect(try scratch.snapshot("2030-01-01T00:00:00Z").seq == Seq(rawValue: 4))
        try scratch.append(.of(), at: 600_000)  // @6
        #expect(try scratch.snapshot("2030-01-01T00:00:00Z").seq == Seq(rawValue: 6))
        #expect(try scratch.snapshot("2026-11-23T20:42:00Z").seq == Seq(rawValue: 2))
        #expect(try scratch.snapshot("2100-01-01T00:00:00Z").seq == Seq(rawValue: 6))
    }

    @Test func `the entries on both sides of a time are verified`() throws {
        try scratch.tamper(
            "UPDATE log_entry SET header = replace(header, '2026-11-23T20:41', '2026-11-23T20:44') WHERE seq = 2")
        for moment in ["2026-11-23T20:41:00Z", "2026-11-23T20:42:00Z"] {
            let failure = #expect(throws: Failure.self) { try scratch.snapshot(moment) }
            #expect(failure?.what == "entry @2 of 'antenna-production' is damaged")
        }
    }

    @Test(
        arguments: 0...6 as ClosedRange<Int64>, ["effective = 0", "effective = effective + 1800000", "at = at - 60000"])
    func `a wrong time in the index finds no other entry`(seq: Int64, change: String) throws {
        try scratch.append(.of(), at: 3_600_000)  // @5, with a clock that is an hour ahead
        try scratch.append(.of(), at: 240_000)  // @6
        let moments = (38...46).map { "2026-11-23T20:\($0):00Z" } + ["2026-11-23T22:00:00Z"]
        func answer(_ moment: String) throws -> String {
            do {
                let snapshot = try scratch.snapshot(moment)
                return "\(snapshot.seq) \(snapshot.secondsAhead as Any)"
            } catch let failure as Failure {
                return failure.code == .history ? "damaged" : "\(failure.code)"
            }
        }
        let truth = try moments.map(answer)
        try scratch.tamper("UPDATE index_entry SET \(change) WHERE seq = \(seq)")
        for (found, expected) in try zip(moments.map(answer), truth) {
            #expect(found == expected || found == "damaged")
        }
        #expect(throws: Failure.self) { try scratch.history.verify() }
    }

    @Test func `a label that was released twice lists both`() {
        let failure = #expect(throws: Failure.self) { try scratch.snapshot("v9") }
        #expect(
            failure?.description
                == "'v9' was released 2 times: at @1 (2026-11-23 20:40:43Z), @4 (2026-11-23 20:43:43Z): choose one by "
                + "its number, such as '@1'")
    }

    @Test func `a binding between two snapshots is not a snapshot`() throws {
        try scratch.append(.of(id: "e-new"))  // @5 binding, @6 snapshot
        #expect(try scratch.snapshot("@5").seq == Seq(rawValue: 4))
        #expect(try scratch.snapshot("latest").seq == Seq(rawValue: 6))
        #expect(try scratch.snapshot("latest~1").seq == Seq(rawValue: 4))
    }

    @Test func `every release of one state books it`() throws {
        let answer = try scratch.history.deployments(of: "v9")
        #expect(answer.deployments.map(\.kind) == [.firstState])
        let bookings = answer.deployments.flatMap(\.bookings).map(\.recorded)
        #expect(bookings.map(\.release.label) == ["v9", "v10", "v9"])
        #expect(bookings.allSatisfy { $0.release.by == "release-bot" })
        #expect(bookings.first?.actor == "arn:aws:iam::123456789012:user/release-bot")
    }

    @Test func `deployments of one label have their environments`() throws {
        try scratch.append(.of(), to: "staging", release: "v10")
        let history = try scratch.history

        #expect(
            try Set(history.deployments(of: "v10").deployments.map(\.environment.rawValue)) == [
                "staging", "antenna-production",
            ])
        #expect(try history.deployments(of: "v10", in: EnvironmentName("staging")).deployments.count == 1)
        #expect(throws: Failure.self) { try history.deployments(of: "v11") }
    }

    @Test func `deployments are in the order of their chain, also after a wrong clock`() throws {
        for (version, time) in [("a", 30 * 365 * 86_400_000), ("b", 600_000)] as [(String, Int64)] {
            try scratch.append(.version(version), release: "v12", at: time)
        }
        try scratch.append(.version("a"), to: "staging", release: "v12", at: 700_000)
        let deployments = try scratch.history.deployments(of: "v12").deployments
        #expect(deployments.map(\.environment.rawValue) == ["staging", "antenna-production", "antenna-production"])
        #expect(deployments.map(\.seq.rawValue) == [1, 6, 5])
    }

    @Test func `deployments at one time are in the order of their chain`() throws {
        for version in ["a", "b", "c"] { try scratch.append(.version(version), release: "v12") }
        #expect(try scratch.history.deployments(of: "v12").deployments.map(\.seq.rawValue) == [7, 6, 5])
    }
}
