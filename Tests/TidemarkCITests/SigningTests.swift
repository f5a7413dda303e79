import CivilTime
import Foundation
import HTTPTransfers
import Locking
import SignedTokens
import StrictJSON
import Testing
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkCI

/// Signs releases by a provider in memory, and verifies them in a history in a file.
@Suite struct SigningTests {
    static let now: Int64 = 1_795_466_443
    private static let github = [
        "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://run.example/token?api-version=2.0",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "hunter2",
    ]
    static let claims: JSONObject = [
        "run_id": "77", "run_attempt": "1", "repository": "acme/antenna", "environment": "production",
        "workflow_ref": "acme/antenna/.github/workflows/deploy.yml@refs/heads/main", "actor": "release-bot",
        "sha": "9d07b3a1f2c4e5d6b7a8091a2b3c4d5e6f708192",
    ]

    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: "signing-\(UUID())").path
        var history: String { "\(path)/tidemark.sqlite" }
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private let folder: Folder
    private let clock: ProgramClock

    init() throws {
        folder = try Folder()
        clock = ProgramClock(
            millisecondsSince1970: { Self.now * 1000 }, elapsed: { .zero }, sleep: { _ in }, random: { 0 })
    }

    @discardableResult
    private func record(
        _ label: String = "v10", commit: String? = "9d07b3a", variables: [String: String] = github,
        issuers: TrustedIssuers = TrustedIssuers(), over transport: any Transport = TestProvider(),
        engine: JSON = "postgres", during: @Sendable () async throws -> Void = {}
    ) async throws -> AppendedSnapshot {
        try await History.record(
            at: folder.history, images: KindRegistry.all.images, environment: EnvironmentName("antenna-production"),
            release: Release(label: label, commit: commit),
            signer: .ci(
                variables, issuers: issuers, images: KindRegistry.all.images, transport: transport, clock: clock),
            clock: clock
        ) { _ in
            try await during()
            return .of([FacetID(ResourceID(.rdsDBInstance, "db"), Snapshot.description): ["Engine": engine]])
        }
    }

    private func history() throws -> History {
        try History.open(readingAt: folder.history, images: KindRegistry.all.images)
    }

    private func verify(_ verifier: SignatureVerifier = SignatureVerifier(issuers: TrustedIssuers())) throws -> Int {
        let verification = try history().verify(signature: verifier.verify)
        #expect(verification.areSignaturesVerified)
        return verification.signatures
    }

    @Test func `a release is signed, and its signature verifies`() async throws {
        let appended = try await record()
        let signer = try #require(appended.body.release?.identity?.signer)
        #expect(signer.run == "77")
        #expect(signer.workflow == "deploy.yml")
        #expect(!signer.differs(from: "9d07b3a"))
        #expect(signer.differs(from: "c0ffee0"))
        #expect(try verify() == 1)
        #expect(try history().verify().areSignaturesVerified == false)
    }

    @Test func `each booking has an audience of its own, and the key is kept once`() async throws {
        let provider = TestProvider()
        var keys: Set<ContentHash?> = []
        for label in ["v10", "v11", "v11"] {
            keys.insert(try await record(label, over: provider).entry.snapshotBody().signatureKey)
        }
        let audiences = provider.asked.withLock { $0.filter { $0.contains("audience=") } }
        #expect(Set(audiences).count == 3)
        #expect(audiences[0].hasPrefix("https://run.example/token?api-version=2.0&audience=tidemark%3A"))
        #expect(keys.count == 1 && keys.first != nil)
        #expect(try verify() == 3)
    }

    @Test func `a lost append is signed again, over the state that the other recorder left`() async throws {
        let provider = TestProvider()
        let path = folder.history
        let isFirst = Locked(true)
        try await record("v10", over: provider, engine: "mysql") {
            guard
                isFirst.withLock({ value in
                    defer { value = false }; return value
                })
            else { return }
            _ = try await History.record(
                at: path, images: KindRegistry.all.images, environment: EnvironmentName("antenna-production"),
                release: nil, lockTimeout: LockTimeout(total: .zero)
            ) { _ in .of([FacetID(ResourceID(.rdsDBInstance, "other"), Snapshot.description): ["Engine": "redis"]]) }
        }
        #expect(try verify() == 1)
    }

    @Test func `a token over another entry does not verify there`() async throws {
        let first = Locked<String?>(nil)
        let copying = TestProvider { token in
            first.withLock { stored in
                defer { stored = stored ?? token }
                return stored ?? token
            }
        }
        try await record("v10", over: copying)
        let second = try await record("v11", over: copying)
        #expect(second.body.release?.identity == .unsigned(.refused("the token is for another audience")))
    }

    @Test(arguments: [
        ([String: String](), "outside-ci"), (["CI": "true"], "no-token"), (["GITLAB_CI": "true"], "no-token"),
        (["GITHUB_ACTIONS": "true", "CI": "true"], "no-permission"),
        (
            [
                "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://x",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "",
            ],
            "no-permission"
        ),
        (github.merging(["ACTIONS_ID_TOKEN_REQUEST_URL": "http://run.example/"]) { $1 }, "no-answer"),
        (github.merging(["ACTIONS_ID_TOKEN_REQUEST_TOKEN": "wrong"]) { $1 }, "no-answer"),
        (["TIDEMARK_ID_TOKEN": "hunter2"], "token-refused"),
    ])
    func `without a token the release is recorded, with the reason`(
        _ variables: [String: String], _ code: String
    ) async throws {
        let appended = try await record(variables: variables)
        guard case .unsigned(let reason)? = appended.body.release?.identity else {
            Issue.record("it has an identity")
            return
        }
        #expect(reason.code == code)
        #expect(!reason.words.contains("hunter2"))
        #expect(try verify() == 0)
    }

    @Test func `a token of an issuer that is not trusted is refused, unless the user names it`() async throws {
        let enterprise = TestIssuer("https://ghes.example/_services/token")
        let refused = try await record(over: TestProvider(enterprise))
        #expect(
            refused.body.release?.identity
                == .unsigned(.refused("the token's issuer 'https://ghes.example/_services/token' is not trusted")))
        let issuers = TrustedIssuers(others: [enterprise.name])
        try await record("v11", issuers: issuers, over: TestProvider(enterprise))
        #expect(try verify(SignatureVerifier(issuers: issuers)) == 1)
        #expect(throws: Failure.self) { try verify() }
    }

    @Test func `a rotated key verifies an old entry, and a set of keys must have each`() async throws {
        let (old, new) = (TestIssuer(keyID: "old"), TestIssuer(keyID: "new"))
        try await record("v10", over: TestProvider(old))
        try await record("v11", over: TestProvider(new))
        #expect(try verify() == 2)
        let keys = try [old, new].map { try #require(JSONWebKey(json: $0.publicKey)) }
        #expect(try verify(SignatureVerifier(issuers: TrustedIssuers(), anchors: keys)) == 2)
        let failure = #expect(throws: Failure.self) {
            try verify(SignatureVerifier(issuers: TrustedIssuers(), anchors: [keys[1]]))
        }
        #expect(failure?.description.contains("the issuer has no key 'old'") == true)
    }

    @Test func `a job of GitLab is attested, and nothing personal is kept`() async throws {
        let gitlab = TestIssuer("https://gitlab.com")
        let token = gitlab.token(
            audience: "tidemark", at: Self.now,
            claims: [
                "project_path": "acme/antenna", "pipeline_id": "574", "user_login": "release-bot",
                "user_email": "release-bot@example.com", "user_identities": [["extern_uid": "hunter2"]],
                "ci_config_ref_uri": "gitlab.com/acme/antenna//.gitlab-ci.yml@refs/heads/main", "sha": "9d07b3a",
            ])
        let appended = try await record(
            variables: ["GITLAB_CI": "true", "TIDEMARK_ID_TOKEN": token], over: TestProvider(gitlab))
        guard case .attested(let identity)? = appended.body.release?.identity else {
            Issue.record("it is not attested")
            return
        }
        #expect(identity.token == ContentHash(of: token.utf8))
        #expect(appended.body.release?.identity?.signer?.workflow == ".gitlab-ci.yml")
        let body = try #require(appended.entry.bodyText)
        for secret in ["example.com", "hunter2", "user_email", token] { #expect(!body.contains(secret)) }
    }

    @Test func `an issuer whose configuration names another one gives no key`() async throws {
        struct Other: Transport {
            let provider: TestProvider
            func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
                guard request.url.hasSuffix("openid-configuration") else { return try await provider.send(request) }
                return HTTPResponse(
                    status: 200, body: Array(#"{"issuer":"https://x","jwks_uri":"https://x/keys"}"#.utf8))
            }
        }
        let appended = try await record(over: Other(provider: TestProvider()))
        guard case .unsigned(let reason)? = appended.body.release?.identity else {
            Issue.record("it has an identity")
            return
        }
        #expect(
            reason.words == "the issuer's configuration is not that of 'https://token.actions.githubusercontent.com'")
    }
}
