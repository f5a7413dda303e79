import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkReports

/// Every report marks an unsettled snapshot in the same words. More tests are in Tests/Integration/test_unsettled.py.
struct UnsettledTests {
    private let reasons: [UnsettledReason] = [.environmentStatus("Updating"), .configurationPending]
    private let sentences: JSON = [
        "the environment's status is Updating", "a change of its configuration is being applied",
    ]
    private let codes: JSON = [
        ["code": "environment-status", "status": "Updating"], ["code": "configuration-pending"],
    ]
    private let clause =
        "; unsettled: the environment's status is Updating; a change of its configuration is being applied\n"

    @Test func `tags marks the newest snapshot`() throws {
        let reference = DatedEntry(seq: Seq(rawValue: 3), at: Stack.start)
        let tag = TagHistory(
            environment: try EnvironmentName("antenna-production"), asOf: reference, unsettled: reasons,
            repository: "antenna-backend", tag: "v10", targets: [], unseen: nil)
        let report = TagsReport([tag])
        #expect(report.text.hasPrefix("antenna-production as of 2026-11-23 20:40:43Z (@3)\(clause)"))
        #expect(try JSON(parsing: report.json).elements("tags").first?["unsettled"] == sentences)
        #expect(try JSON(parsing: report.json).elements("tags").first?["unsettledCodes"] == codes)
    }

    @Test func `who marks the deployment and the snapshot that shows its running state`() throws {
        let deployment = Deployment(
            environment: try EnvironmentName("antenna-production"), kind: .underWay, seq: Seq(rawValue: 4),
            at: Stack.start, entry: ContentHash(of: []), actor: Stack.actor, unsettled: reasons, after: nil,
            change: RunningChange(from: nil, to: RunningSet(version: nil, images: [])),
            images: [
                DeployedImage(
                    ImageChange(
                        image: ImageReference(repository: "antenna-backend", tag: "v10", digest: nil), config: nil,
                        containers: ["django"], before: [], isAsBefore: nil),
                    state: .runs(asOf: Stack.start, unsettled: reasons), tag: .unknown)
            ], bookings: [])
        let report = WhoReport(name: "v10", DeploymentAnswer(meanings: [.tag], deployments: [deployment]))
        #expect(report.text.contains("  runs      yes, as of 2026-11-23 20:40:43Z\(clause)"))
        #expect(report.text.contains("  unsettled the environment's status is Updating; a change of its"))
        let json = try JSON(parsing: report.json).elements("deployments").first
        #expect(json?["unsettled"] == sentences && json?["unsettledCodes"] == codes)
        let runs = json?.elements("images").first?["runs"]
        #expect(runs?["unsettled"] == sentences && runs?["unsettledCodes"] == codes)
    }

    @Test func `show, drift and diff mark their moments`() throws {
        let snapshot = try Stack.snapshot(unsettled: reasons)
        for resource in [nil, Stack.database] {
            let report = ShowReport(snapshot, resource: resource)
            #expect(report.text.hasPrefix("antenna-production as of 2026-11-23 20:40:43Z (@2)\(clause)"))
            #expect(try JSON(parsing: report.json)["asOf"]?["unsettled"] == sentences)
        }
        let drift = try Stack.report(snapshot, Stack.requirement("Engine", .scalar(ExpectedScalar("postgres"))))
        #expect(drift.text().contains("\nas of 2026-11-23 20:40:43Z (@2)\(clause)"))
        #expect(try JSON(parsing: drift.json)["asOf"]?["unsettled"] == sentences)
        #expect(try JSON(parsing: drift.json)["asOf"]?["unsettledCodes"] == codes)
        let released = try Stack.snapshot(release: "v10")
        let diff = DiffReport(Diff(from: snapshot, to: released))
        #expect(diff.text().contains("  from  as of 2026-11-23 20:40:43Z (@2)\(clause)"))
        #expect(diff.text().contains("  to    as of 2026-11-23 20:40:43Z (@2, release v10)\n"))
        #expect(try JSON(parsing: diff.json)["from"]?["unsettled"] == sentences)
        #expect(try JSON(parsing: diff.json)["to"]?["unsettled"] == [])
    }

    @Test func `doctor and init mark the environment`() throws {
        let observation = Stack.observation([:], unsettled: reasons)
        let words = "the environment's status is Updating; a change of its configuration is being applied\n"
        #expect(
            DoctorReport(observation, credentials: "a profile", kinds: .all).text().contains("\nunsettled    \(words)"))
        let snapshot = SnapshotView(Snapshot(observation, of: try EnvironmentName("antenna-production")), kinds: .all)
        #expect(
            InitReport(snapshot, baseline: "baseline.yml", project: "tidemark.yml").text.contains(
                "\n  unsettled \(words)"))
    }

    @Test func `no status from AWS can redraw the terminal`() throws {
        let snapshot = try Stack.snapshot(unsettled: [
            .environmentStatus(Stack.hostile), .other(ReasonCode(Stack.hostile, ["a": .string(Stack.hostile)])),
        ])
        #expect(Stack.controls(in: ShowReport(snapshot, resource: nil).text).isEmpty)
        #expect(Stack.controls(in: InitReport(snapshot, baseline: "b.yml", project: "tidemark.yml").text).isEmpty)
    }
}
