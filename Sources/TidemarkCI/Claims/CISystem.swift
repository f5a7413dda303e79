/// A CI system, by the variables that it gives its jobs.
struct CISystem: Sendable {
    /// The system's name in a release's run: `github`.
    let name: String
    /// The variable that shows that a job runs there, and its value; nil for any.
    let marker: (name: String, value: String?)
    /// The variables with who started the run, the commit, the run's id and the attempt; nil if there is none.
    let by: String?
    let commit: String
    let run: String
    var attempt: String?
    /// The run's URL: the variables that it is put together from, and the texts between them.
    let url: [URLPart]

    enum URLPart: Sendable {
        case variable(String)
        case text(String)
    }

    /// Sources: <https://docs.github.com/en/actions/reference/workflows-and-actions/variables>,
    /// <https://docs.gitlab.com/ci/variables/predefined_variables/>, <https://buildkite.com/docs/pipelines/environment-variables>,
    /// <https://circleci.com/docs/variables/>, <https://www.jenkins.io/doc/book/pipeline/jenkinsfile/>.
    static let all: [CISystem] = [
        CISystem(
            name: "github", marker: ("GITHUB_ACTIONS", "true"), by: "GITHUB_ACTOR", commit: "GITHUB_SHA",
            run: "GITHUB_RUN_ID", attempt: "GITHUB_RUN_ATTEMPT",
            url: [
                .variable("GITHUB_SERVER_URL"), .text("/"), .variable("GITHUB_REPOSITORY"), .text("/actions/runs/"),
                .variable("GITHUB_RUN_ID"),
            ]),
        CISystem(
            name: "gitlab", marker: ("GITLAB_CI", "true"), by: "GITLAB_USER_LOGIN", commit: "CI_COMMIT_SHA",
            run: "CI_PIPELINE_ID", url: [.variable("CI_PIPELINE_URL")]),
        CISystem(
            name: "buildkite", marker: ("BUILDKITE", "true"), by: "BUILDKITE_BUILD_CREATOR",
            commit: "BUILDKITE_COMMIT", run: "BUILDKITE_BUILD_ID", url: [.variable("BUILDKITE_BUILD_URL")]),
        CISystem(
            name: "circleci", marker: ("CIRCLECI", "true"), by: "CIRCLE_USERNAME", commit: "CIRCLE_SHA1",
            run: "CIRCLE_WORKFLOW_ID", url: [.variable("CIRCLE_BUILD_URL")]),
        CISystem(
            name: "jenkins", marker: ("JENKINS_URL", nil), by: nil, commit: "GIT_COMMIT", run: "BUILD_TAG",
            url: [.variable("BUILD_URL")]),
    ]

    func isRunning(_ variables: [String: String]) -> Bool {
        guard let value = variables[marker.name], !value.isEmpty else { return false }
        return marker.value.map { $0 == value } ?? true
    }

    /// The run's URL; nil if a variable is missing.
    func url(_ variables: [String: String]) -> String? {
        var text = ""
        for part in url {
            switch part {
            case .text(let fixed): text += fixed
            case .variable(let name):
                guard let value = variables[name], !value.isEmpty else { return nil }
                text += value
            }
        }
        return text
    }
}
