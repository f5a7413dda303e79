import GRDB
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

struct AppendTests {
    private let scratch: Scratch
    private let name: EnvironmentName

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
    }

    private func kinds() throws -> [String] {
        try scratch.raw { try String.fetchAll($0, sql: "SELECT kind FROM index_entry ORDER BY seq") }
    }

    @Test func `the first snapshot is appended with its binding`() throws {
        let appended = try #require(try scratch.append(.of()))

        #expect(try kinds() == ["binding", "snapshot"])
        #expect(appended.isNewlyBound)
        #expect(appended.entry.header.seq == Seq(rawValue: 1))
        #expect(appended.resourceCount == 1)
        #expect(
            try scratch.history.head(of: name)?.binding
                .ebEnvironmentID == "e-abc")
    }

    @Test func `an observation without a change adds one row to the log and none to the index`() throws {
        try scratch.append(.of())
        let (entries, versions, contents) = try (
            scratch.count("log_entry"), scratch.count("index_version"), scratch.count("log_content")
        )
        let first = try scratch.snapshot("latest")
        let appended = try #require(try scratch.append(.of()))

        #expect(try scratch.count("log_entry") == entries + 1)
        #expect(try scratch.count("index_version") == versions)
        #expect(try scratch.count("log_content") == contents)
        #expect(appended.changes.isEmpty)
        #expect(appended.body.root == first.body.root)
        #expect(!appended.isNewlyBound)
    }

    @Test func `content is stored once, however often it recurs`() throws {
        for value in [1, 2, 1, 2] { try scratch.append(.of([.of("a"): JSON(value)])) }
        #expect(try scratch.count("index_version") == 4)
        #expect(try scratch.count("log_content") == 3)  // 1, 2 and the set of questions
    }

    @Test func `a rebuilt environment has a new binding`() throws {
        try scratch.append(.of())
        let appended = try #require(try scratch.append(.of(id: "e-new")))

        #expect(appended.isNewlyBound)
        #expect(try kinds() == ["binding", "snapshot", "binding", "snapshot"])
        #expect(
            try scratch.history.head(of: name)?.binding
                .ebEnvironmentID == "e-new")
    }

    @Test func `nothing is written if another snapshot was appended since`() throws {
        try scratch.append(.of())
        let history = try History.open(appendingAt: scratch.path, images: KindRegistry.all.images)
        let before = try scratch.dump()
        let older = Recording(
            environment: name, observation: .of([.of("a"): 1]), release: nil, after: nil, attempt: .fixed)

        #expect(try history.append(older) == nil)
        #expect(try scratch.dump() == before)
    }

    private func times() throws -> [String] {
        try scratch.raw { try String.fetchAll($0, sql: "SELECT at FROM snapshot ORDER BY seq") }
    }

    @Test func `an entry has AWS's time and that since its answer, whatever the machine's clock says`() throws {
        let year: Int64 = 365 * 86_400_000
        for (number, error) in [0, 30 * year, -10 * year].enumerated() {
            var observation = EnvironmentObservation.of([.of("a"): JSON(number)])
            observation.awsClock = ClockReading(
                time: Stack.start, elapsed: .milliseconds(Int64(number) * 1000 + error - 500))
            observation.started = Timestamp(millisecondsSince1970: observation.started.millisecondsSince1970 + error)
            observation.finished = observation.started
            try scratch.append(observation, at: Int64(number) * 1000 + error)
        }
        #expect(try times() == Array(repeating: "2026-11-23T20:40:43.623Z", count: 3))
    }

    @Test func `a time goes back only if the entry before is far ahead, which is then named as wrong`() throws {
        let hour: Int64 = 3_600_000
        for time in [0, 10 * hour, 60_000, -180_000, hour] { try scratch.append(.of(), at: time) }
        #expect(
            try times().map { $0.dropFirst(11).prefix(8) } == [
                "20:40:43", "06:40:43", "20:41:43", "20:41:43", "21:40:43",
            ])
        let entries = try scratch.history.entries(of: name).filter { $0.snapshot != nil }
        #expect(entries.map(\.secondsAhead) == [nil, nil, nil, 35_940, nil])
        #expect(try scratch.snapshot("@2").secondsAhead == 35_940)
        // The wrong time leads nobody to it: the effective times never decrease.
        for (moment, seq) in [("2026-11-23T20:41:00Z", 1), ("2026-11-23T20:42:00Z", 4), ("2026-11-25T00:00:00Z", 5)] {
            #expect(try scratch.snapshot(moment).seq == Seq(rawValue: Int64(seq)))
        }
        #expect(throws: Never.self) { try scratch.history.verify() }
    }

    @Test func `a facet that is gone is removed, and an unanswered one stays`() throws {
        let (first, second) = (FacetID.of("a"), FacetID.of("b"))
        try scratch.append(.of([first: 1, second: 2]))
        try scratch.append(.of([first: .none]))
        let snapshot = try scratch.snapshot("latest")

        #expect(snapshot.facets[first] == nil)
        #expect(snapshot.facets[second]?.content == 2)
        #expect(snapshot.facets[second]?.since == Seq(rawValue: 1))
        #expect(try scratch.snapshot("latest~1").facets[first]?.content == 1)
    }

    @Test func `two environments in one file are two chains`() throws {
        try scratch.append(.of([.of("a"): 1]), to: "production")
        try scratch.append(.of([.of("a"): 2]), to: "staging")
        try scratch.append(.of([.of("a"): 3, .of("b"): 1]), to: "production")

        // All of them have one attempt here.
        #expect(try scratch.history.verify().repeated == [EnvironmentName("production"): [Seq(rawValue: 2)]])
        #expect(try scratch.snapshot("latest", of: "production").facets[.of("a")]?.content == 3)
        #expect(try scratch.snapshot("latest", of: "production").seq == Seq(rawValue: 2))
        #expect(try scratch.snapshot("latest", of: "staging").facets[.of("a")]?.content == 2)
        #expect(
            try scratch.history.environments().map(\.rawValue)
                == ["production", "staging"])
    }

    @Test func `without a name the only environment is found, and of two none`() throws {
        try scratch.append(.of(), to: "production")
        #expect(
            try scratch.history.environment(nil).rawValue
                == "production")
        let other = #expect(throws: Failure.self) {
            try scratch.history.environment(EnvironmentName("staging"))
        }
        #expect(try other?.remedy == .useEnvironment(EnvironmentName("production")))

        try scratch.append(.of(), to: "staging")
        let failure = #expect(throws: Failure.self) {
            try scratch.history.environment(nil)
        }
        #expect(failure?.why == "it has 'production', 'staging'")
    }

    @Test func `a rotated secret is one row, and a fingerprint is stored with its key`() throws {
        func observation(_ key: String, _ code: String?) -> EnvironmentObservation {
            let place = Fingerprint.Location(facet: .of("antenna-postgres"), path: "A", part: "value")
            let value = code.map { Fingerprint.Value(key: key, code: $0) }
            return .of(fingerprints: value.map { [Fingerprint(location: place, value: $0)] } ?? [], keyID: key)
        }
        for (key, code) in [("k1", "c1"), ("k1", "c1"), ("k1", "c2"), ("k2", "c3"), ("k2", nil), ("k2", nil)] {
            try scratch.append(observation(key, code))
        }
        let rows = try scratch.raw { database in
            try Row.fetchAll(database, sql: "SELECT seq, \"key\", code FROM index_fingerprint ORDER BY seq").map {
                "\($0["seq"] as Int) \($0["key"] as String? ?? "-") \($0["code"] as String? ?? "-")"
            }
        }
        #expect(rows == ["1 k1 c1", "3 k1 c2", "4 k2 c3", "5 - -"])
    }

    @Test(
        arguments: [("k", "k", nil), ("k", nil, 1), ("k", "l", 1), (nil, "k", nil), (nil, nil, nil)]
            as [(String?, String?, Int64?)])
    func `a missing or different key is noticed`(before: String?, now: String?, uncompared: Int64?) throws {
        try scratch.append(.of(keyID: before))
        let appended = try #require(try scratch.append(.of(keyID: now)))
        #expect(appended.uncomparedSecrets?.rawValue == uncompared)
    }
}
