import MessageDigests
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct SingleSignOnTests {
    private static let session = """
        [profile it]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Read Only
        [sso-session corp]
        sso_region = eu-west-1
        sso_start_url = https://corp.awsapps.com/start
        """
    private static let legacy = """
        [profile it]
        sso_region = eu-west-1
        sso_start_url = https://corp.awsapps.com/start
        sso_account_id = 123456789012
        sso_role_name = reader
        """
    private static let token = #"{"accessToken":"hush-token","expiresAt":"2026-11-23T21:00:00Z","region":"eu-west-1"}"#
    private static let answer =
        #"{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"hush","sessionToken":"st","expiration":1795470000000}}"#

    private static func path(_ name: String) -> String {
        "/home/me/.aws/sso/cache/\(Hexadecimal.encode(SHA1.hash(name.utf8))).json"
    }

    private func settings(
        _ server: LocalServer, _ config: String, token: String? = token, at name: String = "corp"
    ) throws -> AWSSettings {
        var files: [String: String] = [:]
        files[Self.path(name)] = token
        return try .test(config: config, ["AWS_ENDPOINT_URL_SSO": server.url], profile: "it", files: files)
    }

    private static func portal(_ status: Int = 200, _ body: String = answer) -> LocalServer {
        LocalServer { _ in .response(status, [:], body) }
    }

    @Test func `the cache's names are made with SHA-1`() {
        // The example of FIPS 180.
        #expect(Hexadecimal.encode(SHA1.hash("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test func `a role's credentials are asked for with the token of the session`() async throws {
        let server = Self.portal()
        let found = try await settings(server, Self.session).found()
        #expect(found == Credentials(accessKeyID: "ASIASSO", secretAccessKey: "hush", sessionToken: "st"))
        let request = try #require(server.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/federation/credentials?role_name=Read%20Only&account_id=123456789012")
        #expect(request.header("x-amz-sso_bearer_token") == "hush-token")
        #expect(request.header("Authorization") == nil)
    }

    @Test func `without a session the token is known by its start URL`() async throws {
        let server = Self.portal()
        // Older versions of the AWS CLI end a time with UTC.
        for token in [Self.token, Self.token.replacing("21:00:00Z", with: "21:00:00UTC")] {
            let settings = try settings(server, Self.legacy, token: token, at: "https://corp.awsapps.com/start")
            #expect(try await settings.found().accessKeyID == "ASIASSO")
        }
        #expect(server.requests.count == 2)
    }

    @Test func `the portal is AWS's own where nothing else is named`() throws {
        let endpoint = try Endpoints().endpoint(named: "SSO", prefix: "portal.sso", region: "cn-north-1")
        #expect(endpoint.url(path: "/") == "https://portal.sso.cn-north-1.amazonaws.com.cn/")
    }

    @Test(
        arguments: [
            (nil, "nobody has signed on for profile 'it': run 'aws sso login --profile it'"),
            (
                #"{"accessToken":"hush","expiresAt":"2026-11-23T20:40:43Z"}"#,
                "has ended: run 'aws sso login --profile it'"
            ),
            ("hush", "is not what 'aws sso login' writes: run 'aws sso login --profile it'"),
            (#"{"accessToken":"hush"}"#, "is not what 'aws sso login' writes"),
            (#"{"accessToken":"hush","expiresAt":"hush"}"#, "is not what 'aws sso login' writes"),
        ] as [(String?, String)])
    func `a token that is of no use says how to get one`(_ token: String?, _ expected: String) async throws {
        let server = Self.portal()
        let error = try await settings(server, Self.session, token: token).failure()
        #expect(error?.kind == .credentials)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        (401, AWSError.Kind.credentials, "is not accepted any more: run 'aws sso login --profile it'"),
        (403, .credentials, "it answers 403: check sso_account_id '123456789012' and sso_role_name 'Read Only'"),
        (400, .credentials, "it answers 400"), (500, .unavailable, "it answers 500"),
        (429, .unavailable, "it answers 429"),
        (200, .credentials, "the SSO portal gave no credentials: 'accessKeyId' is missing"),
    ])
    func `a portal that gives none is said without its answer`(
        _ status: Int, _ kind: AWSError.Kind, _ expected: String
    ) async throws {
        let server = Self.portal(status, #"{"message":"hush"}"#)
        let error = try await settings(server, Self.session).failure()
        #expect(error?.kind == kind)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
        #expect(server.requests.count == (kind == .unavailable ? 3 : 1))
    }

    @Test(arguments: [
        ("sso_account_id = 1", "sso_start_url is missing"),
        ("sso_role_name = a\nsso_session = x", "there is no section '[sso-session x]'"),
        ("sso_role_name = a\nsso_session = x\n  hush = y", "there is no section '[sso-session x]'"),
        (
            "sso_role_name = a\nsso_session = b\nsso_region = c\n[sso-session b]\nsso_region = d\nsso_start_url = e",
            "it and its sso-session do not agree on sso_region"
        ),
    ])
    func `half a configuration is said`(_ options: String, _ expected: String) async throws {
        let error = try await settings(Self.portal(), "[profile it]\n\(options)\n").failure()
        #expect(error?.message == "profile 'it' cannot sign on: \(expected)")
    }

    @Test func `single sign-on comes before keys`() async throws {
        let server = Self.portal()
        let config = Self.session.replacing("[sso-session", with: "\(SettingsTests.pair)[sso-session")
        #expect(try await settings(server, config).found().accessKeyID == "ASIASSO")
        #expect(server.requests.count == 1)
    }
}
