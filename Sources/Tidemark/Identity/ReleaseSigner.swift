import SignedTokens
import StrictJSON

/// The CI run that recorded a release, as a CI provider signed it.
///
/// The claims are those of the provider's token. Whoever re-ran an attempt is not among them.
public struct ReleaseSigner: Sendable, Hashable {
    /// The kind of the CI provider.
    public enum Provider: String, Sendable, Hashable {
        /// GitHub Actions.
        case github
        /// GitLab CI/CD.
        case gitlab
    }

    /// The kind of the provider.
    public let provider: Provider
    /// The address of the issuer, as in the token.
    public let issuer: String
    /// The id of the run, or of the pipeline.
    public let run: String?
    /// The attempt at the run: `2` for the first repetition.
    public let attempt: String?
    /// The repository with its owner: `acme/antenna`.
    public let repository: String?
    /// The file of the workflow: `deploy.yml`.
    public let workflow: String?
    /// The commit of the workflow. In a run that another workflow started, it is the newest one of the default branch.
    public let commit: String?
    /// The provider's name for the environment that was deployed to.
    public let environment: String?
    /// The account that first started the run.
    public let actor: String?

    /// - Parameter token: A token whose signature was verified.
    init?(token: String) {
        guard let token = try? JSONWebToken(token) else { return nil }
        self.init(.github, claims: token.claims)
    }

    /// Takes the claims of a provider; nil without an issuer.
    ///
    /// Sources: <https://docs.github.com/en/actions/reference/security/oidc>,
    /// <https://docs.gitlab.com/ci/secrets/id_token_authentication/>.
    package init?(_ provider: Provider, claims: JSONObject) {
        guard let issuer = claims["iss"]?.string else { return nil }
        let text = { (name: String) in claims[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        self.provider = provider
        self.issuer = issuer
        commit = text("sha")
        environment = text("environment")
        attempt = text("run_attempt")
        switch provider {
        case .github:
            (run, repository, actor) = (text("run_id"), text("repository"), text("actor"))
            workflow = (text("workflow_ref") ?? text("job_workflow_ref")).flatMap(Self.fileName)
        case .gitlab:
            (run, repository, actor) = (text("pipeline_id"), text("project_path"), text("user_login"))
            workflow = text("ci_config_ref_uri").flatMap(Self.fileName)
        }
    }

    /// `deploy.yml` of `acme/antenna/.github/workflows/deploy.yml@refs/heads/main`.
    private static func fileName(_ reference: String) -> String? {
        reference.prefix { $0 != "@" }.split(separator: "/").last.map(String.init)
    }

    /// Whether a commit that a release claims is another one than the workflow's; false if either is unknown.
    public func differs(from claimed: String?) -> Bool {
        guard let commit, let claimed = claimed?.lowercased(), claimed.count >= 7 else { return false }
        return !commit.hasPrefix(claimed) && !claimed.hasPrefix(commit)
    }
}
