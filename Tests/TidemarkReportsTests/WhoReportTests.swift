import StrictJSON
import Testing
import Tidemark
import TidemarkReports

struct WhoReportTests {
    private let backend = "antenna-backend"

    private func image(
        _ tag: String, from before: String? = nil, isAsBefore: Bool? = false, _ state: DeployedImage.State? = nil
    ) -> DeployedImage {
        DeployedImage(
            ImageChange(
                image: ImageReference(repository: backend, tag: tag, digest: nil), config: nil,
                containers: ["django"],
                before: before.map { [ImageReference(repository: backend, tag: $0, digest: nil)] } ?? [],
                isAsBefore: isAsBefore), state: state ?? .runs(asOf: Stack.start), tag: .unknown)
    }

    private func deployment(
        _ releases: [Release] = [], _ images: [DeployedImage] = [], outcome: Deployment.Succession = .current
    ) throws -> Deployment {
        let entry = ContentHash(of: [])
        return Deployment(
            environment: try EnvironmentName("antenna-production"), kind: .change, seq: Seq(rawValue: 4),
            at: Stack.start, entry: entry, actor: Stack.actor,
            after: DatedEntry(seq: Seq(rawValue: 3), at: Stack.start),
            change: RunningChange(
                from: RunningSet(version: "v9", images: []), to: RunningSet(version: "v10", images: [])),
            images: images,
            bookings: releases.enumerated().map { number, release in
                BookedRelease(
                    RecordedRelease(
                        seq: Seq(rawValue: Int64(number) + 4), at: Stack.start, release: release, actor: Stack.actor),
                    entry: entry)
            }, outcome: outcome)
    }

    private func report(_ deployments: Deployment..., unchanged: Int = 0) -> WhoReport {
        WhoReport(
            name: "v10",
            DeploymentAnswer(meanings: [.label], deployments: deployments, unchangedReleases: unchanged))
    }

    @Test func `a deployment shows the claim, the attestation and what it changed`() throws {
        let release = try Release(
            label: "v10", by: "release-bot", commit: "abc", url: "https://ci.example/1", note: "hotfix")
        #expect(
            report(try deployment([release], [image("v10", from: "v9")])).text == """
                v10 was deployed once

                antenna-production @4, 2026-11-23 20:40:43Z, release v10
                  deployed  after 2026-11-23 20:40:43Z (@3)
                  claimed   by release-bot
                  attested  recorded by arn:aws:iam::123456789012:user/release-bot
                  version   v9 → v10
                  images    antenna-backend:v9 → antenna-backend:v10 in django
                  runs      yes, as of 2026-11-23 20:40:43Z
                  tag       antenna-backend:v10 not in any registry that was read, or its digest is unknown
                  commit    abc
                  run       https://ci.example/1
                  note      hotfix
                  entry     e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

                """)
    }

    @Test func `a deployment that nobody recorded has no name of a person`() throws {
        let text = report(try deployment()).text
        #expect(text.contains("\n  by        unknown; no release was recorded\n"))
        #expect(text.contains("\n  seen      by \(Stack.actor)\n"))
    }

    @Test func `a release without a name has no claim`() throws {
        #expect(report(try deployment([try Release(label: "v10")])).text.contains("\n  claimed   not given\n"))
    }

    @Test func `each image says whether it still runs`() throws {
        let ended = DeployedImage.State.ended(DatedEntry(seq: Seq(rawValue: 6), at: Stack.start))
        let text = report(try deployment([], [image("awscli"), image("v10", isAsBefore: false, ended)])).text
        #expect(
            text.contains(
                "in part: antenna-backend:awscli yes, as of 2026-11-23 20:40:43Z; antenna-backend:v10 no, since @6, "))
        #expect(
            report(try deployment([], [image("v10", isAsBefore: false, ended)])).text.contains(
                "  runs      no, since @6, "))
    }

    @Test func `a second booking is not a new deployment`() throws {
        let again = try Release(label: "v10", by: "release-bot", url: "https://ci.example/2")
        let text = report(try deployment([try Release(label: "v10"), again])).text
        #expect(
            text.contains(
                "  again     recorded @5, 2026-11-23 20:40:43Z, as release v10, claimed by release-bot, run "
                    + "https://ci.example/2; no new deployment\n"))
    }

    @Test func `releases that left the image as it was are a count`() throws {
        #expect(report(try deployment(), unchanged: 47).text.hasSuffix("\n\n47 other releases left it as it was\n"))
    }

    @Test func `a deployment that was rolled back names the next one`() throws {
        let back = Deployment.Succession.rolledBack(DatedEntry(seq: Seq(rawValue: 6), at: Stack.start))
        #expect(
            report(try deployment(outcome: back)).text.contains("rolled back within 24 hours, by the deployment of @6"))
    }

    @Test func `the JSON separates the claim from the attestation`() throws {
        let release = try Release(label: "v10", by: "release-bot")
        let json = try JSON(parsing: report(try deployment([release]), try deployment([release])).json)
        let first = try #require(json.elements("deployments").first?.elements("releases").first)

        #expect(json["tidemark"] == 2)
        #expect(json["report"] == "who")
        #expect(json.elements("deployments").count == 2)
        #expect([first["claimed"], first["attested"]] == ["release-bot", .string(Stack.actor)])
    }

    @Test func `a note cannot redraw the terminal`() throws {
        let release = try Release(label: "v10", note: Stack.hostile)
        let report = WhoReport(
            name: Stack.hostile,
            DeploymentAnswer(meanings: [.label], deployments: [try deployment([release], [image(Stack.hostile)])]))
        #expect(Stack.controls(in: report.text).isEmpty)
        let releases = try JSON(parsing: report.json).elements("deployments").first?.elements("releases")
        #expect(releases?.first?["note"] == .string(Stack.hostile))
    }
}
