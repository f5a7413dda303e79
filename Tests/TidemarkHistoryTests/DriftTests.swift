import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds

@testable import TidemarkHistory

/// The onset of findings in a history.
struct DriftTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private struct AnyAttributes: AttributeCatalogue {
        func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? { nil }
    }

    private func drift(_ moment: String = "latest", top: String = "", is expected: String = "Engine: postgres") throws
        -> Drift
    {
        let yaml = """
            environment: antenna-production
            \(top)
            expect: [ { name: database, resource: rds.db-instance, \(expected.hasPrefix("readings") ? expected : "is: { \(expected) }") } ]
            """
        let baseline = try Baseline(yaml: yaml, file: "baseline.yml", kinds: .all, attributes: AnyAttributes())
        return try scratch.history.drift(
            of: EnvironmentName("antenna-production"), at: Moment(moment), from: baseline,
            now: Timestamp(millisecondsSince1970: 1_795_466_443_000), maximumAge: nil)
    }

    /// `2 v9`, `2 v9 or before`.
    private func since(_ drift: Drift) throws -> String {
        let since = try #require(drift.findings.first?.since)
        let release = since.entry.release.map { " \(since.entry.isWithRelease ? "with" : "after") \($0)" } ?? ""
        return "\(since.entry.seq)\(release)\(since.isAtLatest ? " or before" : "")"
    }

    private func observation(_ engine: String, class size: String = "a", gaps: [Gap] = [], health: String? = nil)
        -> EnvironmentObservation
    {
        var observation = EnvironmentObservation.of(
            [.of("antenna-postgres"): ["Engine": .string(engine), "DBInstanceClass": .string(size)]], gaps: gaps)
        observation.readings =
            health.map {
                [
                    Reading(
                        resource: ResourceID(.rdsDBInstance, "antenna-postgres"), name: "DBInstanceStatus",
                        value: .string($0))
                ]
            } ?? []
        return observation
    }

    private static let gap = Gap(
        question: Question(service: "rds", operation: "DescribeDBInstances", parameters: [:]), outcome: .denied,
        reason: .emptyAnswer, facets: [.of("antenna-postgres")], kinds: [])

    @Test func `a finding has the entry and the release at its onset`() throws {
        try scratch.append(observation("postgres"), release: "v9")
        try scratch.append(observation("mysql"), release: "v10")
        let new = try drift()
        #expect(try since(new) == "@2 with v10")
        #expect(new.isNew(new.findings[0]) == true)

        try scratch.append(observation("mysql"))
        try scratch.append(observation("mysql", class: "b"))
        let old = try drift()
        #expect(try since(old) == "@2 with v10")
        #expect(old.isNew(old.findings[0]) == false)
    }

    @Test func `an onset between two releases is after the first`() throws {
        try scratch.append(observation("postgres"), release: "v9")
        try scratch.append(observation("mysql"))
        try scratch.append(observation("mysql", class: "b"), release: "v10")
        #expect(try since(drift()) == "@2 after v9")
    }

    @Test func `a value that was different in between has its onset after that`() throws {
        try scratch.append(observation("postgres"))
        for engine in ["mysql", "postgres", "oracle", "mysql"] { try scratch.append(observation(engine)) }
        let drift = try drift()
        #expect(try since(drift) == "@5")
        #expect(drift.findings.first?.driftingSince?.entry.seq.rawValue == 4)
        #expect(try since(self.drift("@2")) == "@2")
        #expect(try self.drift("@3").findings.isEmpty)
    }

    @Test func `an onset in the first snapshot may be earlier`() throws {
        try scratch.append(observation("mysql"))
        let first = try drift()
        #expect(try since(first) == "@1 or before")
        #expect(first.isNew(first.findings[0]) == nil)
        try scratch.append(observation("mysql"))
        let second = try drift()
        #expect(try since(second) == "@1 or before")
        #expect(second.isNew(second.findings[0]) == false)
    }

    @Test func `an onset after an unseen period may be earlier`() throws {
        try scratch.append(observation("mysql"))
        try scratch.append(.of([:], gaps: [Self.gap]))
        try scratch.append(observation("mysql"))
        let drift = try drift()
        #expect(try since(drift) == "@3 or before")
        #expect(drift.isNew(drift.findings[0]) == nil)
    }

    @Test func `each finding has its own onset`() throws {
        try scratch.append(observation("postgres"))
        try scratch.append(observation("mysql"))
        try scratch.append(observation("mysql", class: "b"))
        let drift = try drift(is: "Engine: postgres, DBInstanceClass: a")
        #expect(drift.findings.compactMap { $0.since?.entry.seq.rawValue } == [2, 3])
        #expect(drift.findings.map(drift.isNew) == [false, true])
    }

    @Test func `each element is new in the snapshot that first has it`() throws {
        for groups in [["sg-1"], ["sg-1", "sg-2"], ["sg-1", "sg-2"], ["sg-2", "sg-3"]] {
            let list: JSON = .array(groups.map { ["VpcSecurityGroupId": .string($0)] })
            try scratch.append(.of([.of("antenna-postgres"): ["VpcSecurityGroups": list]]))
        }
        let drift = try drift(is: "security-groups: [ sg-1 ]")
        let found = drift.findings.map { "\($0.element?.key.string ?? "") @\($0.since?.entry.seq.rawValue ?? 0)" }
        #expect(found == ["sg-1 @4", "sg-2 @2", "sg-3 @4"])
        #expect(drift.findings.map(drift.isNew) == [true, false, true])
        #expect(drift.findings.map { $0.driftingSince?.entry.seq.rawValue } == [2, 2, 2])
    }

    @Test func `a reading is evaluated at every snapshot`() throws {
        for health in ["available", "failed", "failed", "failed"] {
            try scratch.append(observation("postgres", health: health))
        }
        let drift = try drift(is: "readings: { DBInstanceStatus: available }")
        #expect(try since(drift) == "@2")
    }

    @Test func `the onset of a finding about releases is a release`() throws {
        for label in ["v8", "v9"] { try scratch.append(observation("postgres"), release: label) }
        try scratch.append(observation("postgres"))
        let drift = try drift(top: "releases: { commit: required }")
        // A release without a commit is accepted by itself, and so it is new by itself.
        #expect(try since(drift) == "@2 with v9")
        #expect(drift.findings.first?.driftingSince?.entry.seq.rawValue == 1)
        #expect(drift.release?.release.label == "v9")
    }
}
