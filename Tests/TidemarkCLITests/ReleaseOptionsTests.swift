import ArgumentParser
import Foundation
import Testing
import Tidemark

@testable import TidemarkCLI

struct ReleaseOptionsTests {
    private func refusal(_ arguments: [String]) -> String? {
        do {
            _ = try ReleaseOptions.parse(["--release", "v11"] + arguments)
            return nil
        } catch {
            return ReleaseOptions.message(for: error)
        }
    }

    @Test(arguments: [
        ("--release", "the label of what was deployed"), ("--by", "a name"), ("--commit", "a commit"),
        ("--url", "a URL"),
        ("--note", "a text"),
    ])
    func `a blank text is refused`(option: String, noun: String) {
        for blank in ["", " ", "\n"] {
            #expect(refusal([option, blank]) == "\(option) is empty: pass \(noun), or leave the option out")
        }
    }

    @Test(arguments: [
        ("--url", "https://ci.example/runs/7?token=hunter2", "URL parameters that may be secret"),
        ("--note", "see https://hooks.slack.com/services/T/B/hunter2", "the path of a webhook"),
        ("--note", "sent Bearer hunter2hunter2hunter2", "the credentials of a request"),
        ("--by", "me:hunter2@host", "a user name or a password"),
        ("--commit", "https://a:hunter2@c/d", "a user name or a password"),
        ("--release", "https://c/d#token=hunter2", "a URL fragment that may be secret"),
    ])
    func `a text with a secret is refused without its value`(option: String, text: String, noun: String) {
        #expect(refusal([option, text]) == "\(option) has \(noun) in it, which would be stored: leave that out")
    }

    @Test func `plain texts are taken`() throws {
        let options = try ReleaseOptions.parse([
            "--release", "v11", "--by", "release-bot", "--commit", "a1b2c3d", "--url", "https://ci.example/runs/7",
            "--note",
            "fixes #12: see a@example.com",
        ])
        #expect(try options.release()?.url == "https://ci.example/runs/7")
    }
}

extension ReleaseOptionsTests {
    private static let job = [
        "GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "release-bot", "GITHUB_SHA": "9d07b3a", "GITHUB_RUN_ID": "77",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/antenna",
    ]

    private func release(_ arguments: [String], _ variables: [String: String] = job) throws -> Release? {
        try ReleaseOptions.parse(["--release", "v11"] + arguments).release(variables)
    }

    @Test func `the job's claims are taken where no option says otherwise`() throws {
        let release = try #require(try release(["--by", "somebody", "--ticket", "OPS-7", "--pr", "123"]))
        #expect(release.by == "somebody")
        #expect(release.commit == "9d07b3a")
        #expect(release.url == "https://github.com/acme/antenna/actions/runs/77")
        #expect(release.sources == ["commit": "GITHUB_SHA", "url": "GITHUB_RUN_ID"])
        #expect((release.ticket, release.pullRequest) == ("OPS-7", "123"))
    }

    @Test(arguments: ["", " ", "a\u{1B}b", "https://me:hunter2@host/", "Bearer hunter2hunter2hunter2"])
    func `a claim of the job that cannot be recorded is left out`(_ text: String) throws {
        let release = try release([], Self.job.merging(["GITHUB_ACTOR": text]) { $1 })
        #expect(release?.by == nil)
        #expect(release?.sources["by"] == nil)
    }
}
