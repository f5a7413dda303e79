import GRDB
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

struct AppendTests {
    private let scratch: Scratch
    private let name: EnvironmentName

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
    }

    private func kinds() throws -> [String] {
        try scratch.raw { try String.fetchAll($0, sql: "SELECT kind FROM entry ORDER BY seq") }
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
            scratch.count("entry"), scratch.count("version"), scratch.count("content")
        )
        let first = try scratch.snapshot("latest")
        let appended = try #require(try scratch.append(.of()))

        #expect(try scratch.count("entry") == entries + 1)
        #expect(try scratch.count("version") == versions)
        #expect(try scratch.count("content") == contents)
        #expect(appended.body.changes.isEmpty)
        #expect(appended.body.root == first.body.root)
        #expect(!appended.isNewlyBound)
    }

    @Test func `content is stored once, however often it recurs`() throws {
        for value in [1, 2, 1, 2] { try scratch.append(.of([.of("a"): JSON(value)])) }
        #expect(try scratch.count("version") == 4)
        #expect(try scratch.count("content") == 3)  // 1, 2 and the set of questions
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
        let older = PendingSnapshot(environment: name, observation: .of([.of("a"): 1]), release: nil, after: nil)

        #expect(try history.append(older) == nil)
        #expect(try scratch.dump() == before)
    }

    @Test func `an entry has AWS's time, and a wrong clock does not date the entries that follow`() throws {
        let year: Int64 = 365 * 86_400_000
        for (number, error) in [0, 30 * year, 0, -10 * year, 119_000].enumerated() {
            var observation = EnvironmentObservation.of([.of("a"): JSON(number)])
            observation.awsTime = observation.started
            observation.started = Timestamp(millisecondsSince1970: observation.started.millisecondsSince1970 + error)
            observation.finished = observation.started
            try scratch.append(observation, at: Int64(number) * 1000 + error)
        }
        let times = try scratch.raw { try String.fetchAll($0, sql: "SELECT at FROM entry WHERE seq > 0 ORDER BY seq") }
        // A difference of up to two minutes is ignored.
        #expect(
            times == ["40:43", "40:44", "40:45", "40:46", "42:46"].map { "2026-11-23T20:\($0).123Z" })
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
        try scratch.append(.of([.of("a"): 3]), to: "production")

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
            try Row.fetchAll(database, sql: "SELECT seq, \"key\", code FROM fingerprint ORDER BY seq").map {
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
