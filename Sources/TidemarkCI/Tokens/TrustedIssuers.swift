/// The issuers whose tokens are accepted, by their addresses.
public struct TrustedIssuers: Sendable, Hashable {
    /// The issuers of tokens over bookings: GitHub's, and those of a GitHub Enterprise that the user names.
    let github: [String]
    /// The issuers of tokens that are attested when recorded: gitlab.com, and the GitLab that the user names.
    let gitlab: [String]

    /// Trusts the public providers, and others.
    /// - Parameter others: The issuers of Enterprise Server (`https://HOST/_services/token`), of a data-residency Enterprise
    ///   (`https://token.actions.SUBDOMAIN.ghe.com`), or of a self-managed GitLab (`https://HOST`), as their tokens have them.
    public init(others: [String] = []) {
        github = ["https://token.actions.githubusercontent.com"] + others
        gitlab = ["https://gitlab.com"] + others
    }
}
