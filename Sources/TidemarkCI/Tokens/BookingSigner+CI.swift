import CivilTime
import HTTPTransfers
import SignedTokens
import StrictJSON
import Tidemark

extension BookingSigner {
    /// Asks the CI provider whose job this is: GitHub Actions for a token over each booking; any other for the token in
    /// `TIDEMARK_ID_TOKEN`, whose audience is `tidemark`.
    ///
    /// The token is verified with the issuer's published keys. No failure prevents a record: the reason is recorded.
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - images: How images are found in descriptions: the registry's `images`.
    public static func ci(
        _ variables: [String: String], issuers: TrustedIssuers, images: ImageIndex, transport: any Transport,
        clock: ProgramClock = .system
    ) -> BookingSigner {
        let job = SigningJob(
            variables: variables, issuers: issuers, client: IssuerClient(transport: transport, clock: clock))
        return BookingSigner(images: images.running) { booking, now in
            do throws(IdentityProblem) {
                return try await job.identify(booking, now)
            } catch {
                return Identified(.unsigned(error.reason))
            }
        }
    }
}

/// A CI job that records a release.
private struct SigningJob: Sendable {
    let variables: [String: String]
    let issuers: TrustedIssuers
    let client: IssuerClient

    /// The audience that a job of GitLab gives its token.
    private static let fixedAudience = "tidemark"

    /// The claims of GitLab's token that are kept. It has others, among them an e-mail address and other accounts of the user.
    ///
    /// Source: <https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload>.
    private static let keptClaims = [
        "iss", "project_path", "namespace_path", "pipeline_id", "pipeline_source", "job_id", "ref", "ref_type",
        "ref_protected", "environment", "environment_protected", "deployment_tier", "sha", "user_login",
        "runner_environment", "ci_config_ref_uri", "ci_config_sha",
    ]

    func identify(_ booking: Booking, _ now: Timestamp) async throws(IdentityProblem) -> BookingSigner.Identified {
        if variables["GITHUB_ACTIONS"] == "true" {
            guard let url = text("ACTIONS_ID_TOKEN_REQUEST_URL"), let bearer = text("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
            else { return BookingSigner.Identified(.unsigned(.noPermission)) }
            return try await sign(booking, now, url, bearer)
        }
        guard let token = text("TIDEMARK_ID_TOKEN") else {
            let isInCI = text("CI").map { $0 != "false" } ?? (text("GITLAB_CI") != nil)
            return BookingSigner.Identified(.unsigned(isInCI ? .noToken : .outsideCI))
        }
        let verified = try await verify(token, issuers.gitlab, Self.fixedAudience, now)
        let claims = JSONObject(Self.keptClaims.compactMap { name in verified.token.claims[name].map { (name, $0) } })
        return BookingSigner.Identified(
            .attested(AttestedIdentity(claims: claims, token: ContentHash(of: token.utf8))))
    }

    /// Asks GitHub for a token over a booking.
    ///
    /// Source: <https://docs.github.com/en/actions/reference/security/oidc>.
    private func sign(
        _ booking: Booking, _ now: Timestamp, _ url: String, _ bearer: String
    ) async throws(IdentityProblem) -> BookingSigner.Identified {
        let audience = booking.audience.replacing(":", with: "%3A")
        let answer = try await client.read(
            "\(url)\(url.contains("?") ? "&" : "?")audience=\(audience)", "GitHub's token",
            authorization: "bearer \(bearer)")
        guard let token = (try? JSON(parsing: answer))?["value"]?.string else {
            throw .noAnswer("GitHub's answer has no token")
        }
        let verified = try await verify(token, issuers.github, booking.audience, now)
        let key = SigningKey(issuer: verified.issuer, key: verified.key)
        return BookingSigner.Identified(
            .signed(BookingSignature(token: token, key: ContentHash(of: key.json), images: booking.images)),
            key: key.json)
    }

    private func verify(
        _ text: String, _ issuers: [String], _ audience: String, _ now: Timestamp
    ) async throws(IdentityProblem) -> (token: JSONWebToken, issuer: String, key: JSONWebKey) {
        let seconds = now.millisecondsSince1970 / 1000
        let parsed = Result { () throws(TokenProblem) in
            let token = try JSONWebToken(text)
            // Nobody but a trusted issuer is asked for keys.
            try token.check(issuers: issuers, audience: audience, at: seconds)
            return token
        }
        let token = try parsed.mapError(IdentityProblem.refused).get()
        guard let issuer = token.issuer else { throw .refused(.malformed) }
        let key = try await client.key(token.keyID, of: issuer)
        do throws(TokenProblem) { try token.verify(with: key) } catch { throw .refused(error) }
        return (token, issuer, key)
    }

    private func text(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
}
