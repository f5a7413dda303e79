import SignedTokens
import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

/// Signs the releases of a story as GitHub does: a token of the usual size for each of them, and one key.
struct StorySigner {
    private let issuer = TestIssuer()

    var signer: BookingSigner {
        get throws {
            guard let published = JSONWebKey(json: issuer.publicKey) else { throw BenchmarkError(reason: "no key") }
            let key: JSON = ["issuer": .string(issuer.name), "key": published.json]
            return BookingSigner(images: KindRegistry.all.images.running) { [issuer] booking, now in
                let token = issuer.token(
                    audience: .string(booking.audience), at: now.millisecondsSince1970 / 1000,
                    claims: Self.claims(of: booking))
                let signature = BookingSignature(token: token, key: ContentHash(of: key), images: booking.images)
                return BookingSigner.Identified(.signed(signature), key: key)
            }
        }
    }

    /// The claims of a job that deploys to an environment, as in `Tests/Fixtures/identity/github-payload.json`.
    private static func claims(of booking: Booking) -> JSONObject {
        let commit = booking.commit ?? String(repeating: "0", count: 40)
        let workflow = "acme/antenna/.github/workflows/deploy.yml@refs/tags/\(booking.label)"
        return [
            "jti": .string(booking.attempt.description), "sub": "repo:acme/antenna:environment:production",
            "actor": "release-bot", "actor_id": "23362539", "base_ref": "", "head_ref": "", "event_name": "push",
            "environment": "production", "job_workflow_ref": .string(workflow), "job_workflow_sha": .string(commit),
            "ref": .string("refs/tags/\(booking.label)"), "ref_protected": "true", "ref_type": "tag",
            "repository": "acme/antenna", "repository_id": "487920697", "repository_owner": "acme",
            "repository_owner_id": "9919", "repository_visibility": "private", "run_attempt": "1",
            "run_id": .string(booking.attempt.description.filter(\.isNumber)), "run_number": "33",
            "runner_environment": "github-hosted", "sha": .string(commit), "workflow": "deploy",
            "workflow_ref": .string(workflow), "workflow_sha": .string(commit),
        ]
    }
}
