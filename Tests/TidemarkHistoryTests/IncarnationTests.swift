import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds

@testable import TidemarkHistory

/// The built-in rules on a history.
struct IncarnationTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Appends a snapshot with a database of that incarnation; nil for one that is gone.
    private func append(_ incarnation: JSON?, binding id: String = "e-abc", failed: Bool = false) throws {
        let content: JSON? = incarnation.map { ["DbiResourceId": $0] }
        var observation = EnvironmentObservation.of(
            [.of("antenna-postgres"): content, .of("antenna-postgres", "incarnation"): incarnation], id: id)
        observation.failures = failed ? [.configurationFailed] : []
        try scratch.append(observation)
    }

    /// Each finding with its onset: `resource.replaced @2 is B, was A`.
    private func findings(_ moment: String = "latest") throws -> [String] {
        let environment = try EnvironmentName("antenna-production")
        return try scratch.history.drift(
            of: environment, at: Moment(moment), from: .builtInRules(of: environment),
            now: Timestamp(millisecondsSince1970: 1_795_466_443_000), maximumAge: nil
        ).findings.map { finding in
            let clause =
                finding.sentence?.split(separator: ":").last.map { $0.replacing(" DbiResourceId ", with: "") } ?? ""
            return "\(finding.rule.name) \(finding.since?.entry.seq.description ?? "-") \(clause)"
        }
    }

    @Test func `a replacement has the entry since which it holds`() throws {
        for incarnation: JSON in ["A", "A", "B", "B"] { try append(incarnation) }
        #expect(try findings() == ["resource.replaced @3 is B, was A"])
        #expect(try findings("@2") == [])
        try append("C")
        #expect(try findings() == ["resource.replaced @5 is C, was A"])
    }

    @Test func `a resource that was deleted in between is replaced`() throws {
        for incarnation: JSON? in ["A", nil, "B"] { try append(incarnation) }
        #expect(try findings() == ["resource.replaced @3 is B, was A"])
    }

    @Test func `each binding begins with what its first snapshot shows`() throws {
        try append("A")
        try append("B", binding: "e-rebuilt")
        #expect(try findings() == [])
        try append("B", binding: "e-again")
        try append("C", binding: "e-again")
        #expect(try findings() == ["resource.replaced @6 is C, was B"])
    }

    @Test func `a failed deployment has the entry at which it was first recorded`() throws {
        for isFailed in [false, false, true, true] { try append("A", failed: isFailed) }
        #expect(try findings().map { $0.prefix(22) } == ["environment.failed @3 "])
    }

    @Test func `a replay shows the stretches of a built-in rule that the baseline states`() throws {
        for isFailed in [false, true, false] { try append("A", failed: isFailed) }
        try append("B")
        let yaml = """
            environment: antenna-production
            expect: [ { name: x, resource: rds.db-instance, is: { Engine: { present: false } } } ]
            rules: { resource.replaced: error, environment.failed: error }
            """
        let environment = try EnvironmentName("antenna-production")
        let baseline = try Baseline(yaml: yaml, file: "b.yml", kinds: .all, attributes: WireAttributes())
        let replay = try scratch.history.replay(of: environment, from: baseline)
        let stretches = replay.tracks.map { track in
            "\(track.rule.name) "
                + track.drifts.map { "\($0.start.entry.seq)-\($0.end?.seq.description ?? "")" }.joined()
        }
        #expect(stretches == ["x ", "resource.replaced @4-", "environment.failed @2-@3"])
    }

    @Test func `an incarnation that the index lost is damage`() throws {
        for incarnation: JSON in ["A", "B"] { try append(incarnation) }
        try scratch.tamper(
            "DELETE FROM index_version WHERE seq = 1 AND facet IN (SELECT id FROM index_facet WHERE name = 'incarnation')"
        )
        #expect(throws: Failure.self) { try findings() }
    }
}
