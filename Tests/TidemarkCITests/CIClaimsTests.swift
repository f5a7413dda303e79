import Testing
import Tidemark

@testable import TidemarkCI

@Suite struct CIClaimsTests {
    private static let github = [
        "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "release-bot",
        "GITHUB_SHA": "9d07b3a1f2c4e5d6b7a8091a2b3c4d5e6f708192", "GITHUB_RUN_ID": "77", "GITHUB_RUN_ATTEMPT": "2",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/antenna", "GITHUB_EVENT_NAME": "push",
    ]

    private func claims(_ variables: [String: String], checkout: String? = "c0ffee") -> CIClaims {
        CIClaims(variables) { checkout }
    }

    @Test func `a job of GitHub Actions claims its actor, commit and run`() {
        let claims = claims(Self.github)
        #expect(claims.by == .init(text: "release-bot", source: "GITHUB_ACTOR"))
        #expect(claims.commit?.text == "9d07b3a1f2c4e5d6b7a8091a2b3c4d5e6f708192")
        #expect(claims.url?.text == "https://github.com/acme/antenna/actions/runs/77")
        #expect(claims.run == CIRun(system: "github", id: "77", attempt: "2"))
    }

    @Test func `a run that another workflow started claims the commit of the checkout`() {
        let claims = claims(Self.github.merging(["GITHUB_EVENT_NAME": "workflow_run"]) { $1 })
        #expect(claims.commit == .init(text: "c0ffee", source: "git"))
    }

    @Test func `a job of GitLab claims its user, commit and pipeline`() {
        let claims = claims([
            "GITLAB_CI": "true", "GITLAB_USER_LOGIN": "release-bot", "CI_COMMIT_SHA": "9d07b3a",
            "CI_PIPELINE_ID": "574", "CI_PIPELINE_URL": "https://gitlab.com/acme/antenna/-/pipelines/574",
        ])
        #expect(claims.by?.source == "GITLAB_USER_LOGIN")
        #expect(claims.url?.text == "https://gitlab.com/acme/antenna/-/pipelines/574")
        #expect(claims.run == CIRun(system: "gitlab", id: "574"))
    }

    @Test(arguments: [
        (["BUILDKITE": "true", "BUILDKITE_COMMIT": "abc", "BUILDKITE_BUILD_ID": "7"], "buildkite"),
        (["CIRCLECI": "true", "CIRCLE_SHA1": "abc", "CIRCLE_WORKFLOW_ID": "7"], "circleci"),
        (["JENKINS_URL": "https://ci.example/", "GIT_COMMIT": "abc", "BUILD_TAG": "7"], "jenkins"),
    ])
    func `other systems claim what their variables say`(_ variables: [String: String], _ system: String) {
        #expect(claims(variables).commit?.text == "abc")
        #expect(claims(variables).run == CIRun(system: system, id: "7"))
        #expect(claims(variables).url == nil)
    }

    @Test func `outside of CI only the checkout claims something`() {
        #expect(claims(["GITHUB_SHA": "abc", "GITHUB_ACTOR": "x"]).commit == .init(text: "c0ffee", source: "git"))
        #expect(claims(["GITHUB_ACTIONS": "false", "GITHUB_ACTOR": "x"]).by == nil)
        #expect(claims([:], checkout: nil).commit == nil)
    }
}
