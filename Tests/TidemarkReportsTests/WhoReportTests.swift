import StrictJSON
import Testing
import Tidemark
import TidemarkReports

struct WhoReportTests {
    private func deployment(_ release: Release, replaced: String? = nil, replacedBy: String? = nil) throws -> Deployment
    {
        Deployment(
            environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: 4), at: Stack.start,
            entry: ContentHash(of: []), release: release, actor: Stack.actor,
            replaced: replaced.map { .label($0) } ?? .absent,
            replacedBy: replacedBy.map { .label($0) } ?? .absent
        )
    }

    @Test func `a deployment shows the claim, the attestation and what it replaced`() throws {
        let release = try Release(
            label: "v10", by: "release-bot", commit: "abc", url: "https://ci.example/1", note: "hotfix")
        let report = WhoReport(name: "v10", deployments: [try deployment(release, replaced: "v9", replacedBy: "v11")])
        #expect(
            report.text == """
                v10 was deployed once

                antenna-production @4, 2026-11-23 20:40:43Z, release v10
                  claimed   by release-bot
                  attested  recorded by arn:aws:iam::123456789012:user/release-bot
                  releases  after v9; before v11
                  commit    abc
                  run       https://ci.example/1
                  note      hotfix
                  entry     e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

                """)
    }

    @Test func `a release without a name has no claim`() throws {
        let report = WhoReport(name: "v10", deployments: [try deployment(try Release(label: "v10"))])
        #expect(
            report.text == """
                v10 was deployed once

                antenna-production @4, 2026-11-23 20:40:43Z, release v10
                  claimed   not given
                  attested  recorded by arn:aws:iam::123456789012:user/release-bot
                  releases  the first that was recorded; no later one is recorded
                  entry     e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

                """)
    }

    @Test func `the JSON separates the claim from the attestation`() throws {
        let release = try Release(label: "v10", by: "release-bot")
        let json = try JSON(
            parsing: WhoReport(name: "v10", deployments: [try deployment(release), try deployment(release)]).json)
        let first = try #require(json.elements("deployments").first)

        #expect(json["tidemark"] == 2)
        #expect(json["report"] == "who")
        #expect(json.elements("deployments").count == 2)
        #expect([first["claimed"], first["attested"]] == ["release-bot", .string(Stack.actor)])
        #expect(first["replaced"] == .null)
    }

    @Test func `a note cannot redraw the terminal`() throws {
        let release = try Release(label: "v10", note: Stack.hostile)
        let report = WhoReport(name: Stack.hostile, deployments: [try deployment(release, replaced: Stack.hostile)])
        #expect(Stack.controls(in: report.text).isEmpty)
        #expect(try JSON(parsing: report.json).elements("deployments").first?["note"] == .string(Stack.hostile))
    }
}
