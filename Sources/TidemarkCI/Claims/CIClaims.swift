import Tidemark

/// What the variables of a CI job and the checkout say about a release. All of it is claimed.
public struct CIClaims: Sendable, Hashable {
    /// A text, and where it comes from.
    public struct Claim: Sendable, Hashable {
        /// The text.
        public let text: String
        /// The name of a variable, or `git`.
        public let source: String
    }

    /// Who started the run.
    public var by: Claim?
    /// The commit that the job runs for.
    public var commit: Claim?
    /// The run's URL.
    public var url: Claim?
    /// The run.
    public var run: CIRun?

    /// Reads the variables, and the commit of the checkout where they name none.
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - checkout: Finds the commit that is checked out; nil without a checkout.
    public init(_ variables: [String: String], checkout: () -> String?) {
        let system = CISystem.all.first { $0.isRunning(variables) }
        let claim = { (name: String?) -> Claim? in
            guard let name, let text = variables[name], !text.isEmpty else { return nil }
            return Claim(text: text, source: name)
        }
        // In a run that another workflow started, GITHUB_SHA is the newest commit of the default branch, whatever is deployed:
        // https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
        let namesCommit = variables["GITHUB_EVENT_NAME"] != "workflow_run"
        by = claim(system?.by)
        commit = (namesCommit ? claim(system?.commit) : nil) ?? checkout().map { Claim(text: $0, source: "git") }
        guard let system else { return }
        url = system.url(variables).map { Claim(text: $0, source: system.run) }
        run = claim(system.run).map { id in
            CIRun(system: system.name, id: id.text, attempt: claim(system.attempt)?.text)
        }
    }
}
