import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkReports

/// A snapshot of a database and a group, small enough to be read beside a report.
enum Stack {
    static let database = ResourceID(.rdsDBInstance, "antenna-postgres")
    static let group = ResourceID(.ec2SecurityGroup, "sg-0a")
    static let start = Timestamp(millisecondsSince1970: 1_795_466_443_123)  // 2026-11-23T20:40:43.123Z
    static let actor = "arn:aws:iam::123456789012:user/release-bot"

    static func described(_ resource: ResourceID) -> FacetID { FacetID(resource, Snapshot.description) }

    static let denied = Gap(
        question: Question(service: "rds", operation: "DescribeDBInstances", parameters: ["DBInstanceIdentifier": "x"]),
        outcome: .denied, reason: .call(.aws(code: "AccessDenied", message: "not allowed")),
        facets: [described(database)], kinds: [])

    static func observation(
        _ facets: [FacetID: JSON?], gaps: [Gap] = [], unsettled: [UnsettledReason] = [],
        failures: [DeploymentFailure] = [],
        readings: [Reading] = [Reading(resource: database, name: "DBInstanceStatus", value: "available")]
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: start, finished: start,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: "e-abc"),
            caller: actor, facets: facets,
            coverage: Coverage(
                questions: [Question(service: "rds", operation: "DescribeDBInstances", parameters: [:])], gaps: gaps),
            readings: readings, decoders: KindRegistry.all.decoders(), unsettled: unsettled, failures: failures)
    }

    static func snapshot(
        _ facets: [FacetID: JSON] = [
            described(database): ["Engine": "postgres", "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0a"]]]
        ],
        gaps: [Gap] = [], unsettled: [UnsettledReason] = [], release: String? = nil
    ) throws -> SnapshotView {
        let stored = facets.mapValues { StoredFacet(content: $0, hash: ContentHash(of: $0), since: Seq(rawValue: 1)) }
        return SnapshotView(
            Snapshot(
                environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: 2), at: start, actor: actor,
                facets: stored,
                body: SnapshotRecord(
                    observation([:], gaps: gaps, unsettled: unsettled), root: Root.hash(of: stored.mapValues(\.hash)),
                    release: try release.map { label throws(Failure) in try Release(label: label) })), kinds: .all)
    }

    static func requirement(_ path: String, _ expected: Expected) -> [Requirement] {
        AttributePath(path).map {
            [Requirement(path: $0, expected: expected, position: Position(file: "baseline.yml", line: 7, column: 7))]
        }
            ?? []
    }

    static func drift(
        _ snapshot: SnapshotView, _ requirements: [Requirement], maximumAge: Int64? = nil, after: Int64 = 0
    )
        throws -> Drift
    {
        let expectation = Expectation(
            name: "database", kind: database.kind, conditions: [], requirements: requirements,
            info: RuleInfo(
                section: "5.1", why: "the guide requires it", fix: "change it back",
                position: Position(file: "baseline.yml", line: 3, column: 5)))
        let baseline = Baseline(
            environment: snapshot.environment, documents: "A guide", expectations: [expectation],
            files: [SourceFile(name: "baseline.yml", text: "")])
        return try Drift(
            of: snapshot, from: baseline,
            now: Timestamp(millisecondsSince1970: start.millisecondsSince1970 + after), maximumAge: maximumAge)
    }

    static func report(
        _ snapshot: SnapshotView, _ requirements: [Requirement], maximumAge: Int64? = nil, after: Int64 = 0
    ) throws -> DriftReport {
        DriftReport(try drift(snapshot, requirements, maximumAge: maximumAge, after: after))
    }

    /// A text that would redraw a terminal.
    static let hostile = "a\u{1B}[2J\u{9B}1m\u{202E}\nb"

    /// The characters of a report that could redraw a terminal, other than line breaks.
    static func controls(in report: String) -> [Unicode.Scalar] {
        report.split(separator: "\n").flatMap { line in
            line.unicodeScalars.filter { String($0).printable != String($0) }
        }
    }
}
