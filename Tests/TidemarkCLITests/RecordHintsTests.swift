import StrictJSON
import Testing
import Tidemark
import TidemarkTestSupport

@testable import TidemarkCLI
@testable import TidemarkKinds

struct RecordHintsTests {
    private static let start = Timestamp(millisecondsSince1970: 1_795_466_443_123)
    private static let database = FacetID(ResourceID(.rdsDBInstance, "antenna-postgres"), Snapshot.description)
    private static let replica = ResourceID(.rdsDBInstance, "antenna-replica")
    private static let anchor = ResourceID(.elasticBeanstalkEnvironment, "antenna-prod")

    private func hints(
        release: String? = nil, commit: String? = nil, keyID: String? = "key",
        facets: [FacetID: JSON?] = [Self.database: 1],
        clockAhead: Int64 = 0, isNewlyBound: Bool = false, uncomparedSecrets: Seq? = nil, also: [ResourceID] = []
    ) throws -> [String] {
        var observation = EnvironmentObservation(
            started: Timestamp(millisecondsSince1970: Self.start.millisecondsSince1970 + clockAhead),
            finished: Timestamp(millisecondsSince1970: Self.start.millisecondsSince1970 + clockAhead),
            awsClock: ClockReading(time: Self.start, elapsed: .zero),
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: "e-abc"),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: facets,
            coverage: Coverage(questions: [], gaps: []))
        observation.keyID = keyID
        let appended = try AppendedSnapshot.of(
            observation, release: release.map { label throws(Failure) in try Release(label: label, commit: commit) })
        let shown = AppendedSnapshot(
            entry: appended.entry, body: appended.body, changes: appended.changes, observation: observation,
            resourceCount: 1, isNewlyBound: isNewlyBound, uncomparedSecrets: uncomparedSecrets)
        var configured = Project.Environment(shown.entry.header.environment)
        configured.also = also
        return RecordHints(for: shown, configured).lines
    }

    @Test func `an unremarkable snapshot has no hint`() throws {
        #expect(try hints() == [])
    }

    @Test func `a resource of 'also' that does not exist is named`() throws {
        let facets: [FacetID: JSON?] = [
            Self.database: 1, FacetID(Self.replica, Snapshot.description): .none,
        ]
        #expect(
            try hints(facets: facets, also: [Self.replica])
                == ["rds.db-instance/antenna-replica does not exist; tidemark.yml lists it under 'also:'"])
    }

    @Test func `the first snapshot without a key asks for one`() throws {
        #expect(
            try hints(keyID: nil, isNewlyBound: true)
                == ["without fingerprints, rotated secrets are not noticed: set TIDEMARK_KEY or pass --key-file"])
    }

    @Test(arguments: [
        ("key", "the key differs"), (nil, "it was recorded with a key; set TIDEMARK_KEY or pass --key-file"),
    ])
    func `secrets that cannot be compared have a reason`(keyID: String?, reason: String) throws {
        #expect(
            try hints(keyID: keyID, uncomparedSecrets: Seq(rawValue: 1))
                == ["secrets cannot be compared with those of @1: \(reason)"])
    }

    @Test func `a release that changed nothing is doubted`() throws {
        #expect(
            try hints(release: "v10", facets: [:])
                == ["nothing that was seen changed since the snapshot before: was release 'v10' deployed?"])
    }

    @Test func `a release that nothing running is named after is doubted`() throws {
        let container = FacetID(ResourceID(.ecsContainer, "django"), Snapshot.description)
        let facets: [FacetID: JSON?] = [
            FacetID(Self.anchor, Snapshot.description): ["VersionLabel": "v9"],
            container: ["tasks": [["containers": [["name": "django", "image": "antenna-backend:v9"]]]]],
        ]
        #expect(
            try hints(release: "v10", facets: facets)
                == ["no running image or version is named 'v10': the environment runs v9"])
        #expect(try hints(release: "a1f3c9e", commit: "a1f3c9e2b7d04c55", facets: facets) == [])
        #expect(try hints(release: "v10", commit: "v9", facets: facets) == [])
    }

    @Test func `a wrong clock is named in seconds`() throws {
        #expect(
            try hints(clockAhead: 300_000) == ["this machine's clock is 300 seconds off; the entry has AWS's time"])
    }
}
