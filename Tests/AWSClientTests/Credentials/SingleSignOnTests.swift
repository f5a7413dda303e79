import LocalServers
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

    @Test func `SHA-1 gives the digest of the standard's example`() {
        // Source: the example of FIPS 180.
        #expect(Hexadecimal.encode(SHA1.hash("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test func `a role's credentials are requested with the session's token`() async throws {
        let server = Self.portal()
        let credentials = try await settings(server, Self.session).credentials()
        #expect(credentials == Credentials(accessKeyID: "ASIASSO", secretAccessKey: "hush", sessionToken: "st"))
        let request = try #require(server.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/federation/credentials?role_name=Read%20Only&account_id=123456789012")
        #expect(request.header("x-amz-sso_bearer_token") == "hush-token")
        #expect(request.header("Authorization") == nil)
    }

    @Test func `without a session the token is identified by its start URL`() async throws {
        let server = Self.portal()
        // Older versions of the AWS CLI end a time with UTC.
        for token in [Self.token, Self.token.replacing("21:00:00Z", with: "21:00:00UTC")] {
            let settings = try settings(server, Self.legacy, token: token, at: "https://corp.awsapps.com/start")
            #expect(try await settings.credentials().accessKeyID == "ASIASSO")
        }
        #expect(server.requests.count == 2)
    }

    @Test func `the default portal is AWS's own`() throws {
        let endpoint = try Endpoints().endpoint(named: "SSO", prefix: "portal.sso", region: "cn-north-1")
        #expect(endpoint.url(path: "/") == "https://portal.sso.cn-north-1.amazonaws.com.cn/")
    }

    @Test(
        arguments: [
            (nil, "there is no SSO token for profile 'it': run 'aws sso login --profile it'"),
            (
                #"{"accessToken":"hush","expiresAt":"2026-11-23T20:40:43Z"}"#,
                "has expired: run 'aws sso login --profile it'"
            ),
            ("hush", "is not a token file of 'aws sso login': run 'aws sso login --profile it'"),
            (#"{"accessToken":"hush"}"#, "is not a token file of 'aws sso login'"),
            (#"{"accessToken":"hush","expiresAt":"hush"}"#, "is not a token file of 'aws sso login'"),
        ] as [(String?, String)])
    func `an unusable token is an error that says how to get one`(_ token: String?, _ expected: String) async throws {
        let server = Self.portal()
        let error = try await settings(server, Self.session, token: token).failure()
        #expect(error?.reason == .credentials)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        (401, AWSError.Reason.credentials, "is no longer accepted: run 'aws sso login --profile it'"),
        (403, .credentials, "it answers 403: check sso_account_id '123456789012' and sso_role_name 'Read Only'"),
        (400, .credentials, "it answers 400"), (500, .unavailable, "it answers 500"),
        (429, .unavailable, "it answers 429"),
        (200, .credentials, "the SSO portal returned no credentials: 'accessKeyId' is missing"),
    ])
    func `a portal without credentials is an error that does not quote its answer`(
        _ status: Int, _ reason: AWSError.Reason, _ expected: String
    ) async throws {
        let server = Self.portal(status, #"{"message":"hush"}"#)
        let error = try await settings(server, Self.session).failure()
        #expect(error?.reason == reason)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
        #expect(server.requests.count == (reason == .unavailable ? 3 : 1))
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
    func `an incomplete configuration is an error that names the option`(_ options: String, _ expected: String)
        async throws
    {
        let error = try await settings(Self.portal(), "[profile it]\n\(options)\n").failure()
        #expect(error?.message == "profile 'it' cannot sign on: \(expected)")
    }

    @Test func `single sign-on takes precedence over keys`() async throws {
        let server = Self.portal()
        let config = Self.session.replacing("[sso-session", with: "\(SettingsTests.pair)[sso-session")
        #expect(try await settings(server, config).credentials().accessKeyID == "ASIASSO")
        #expect(server.requests.count == 1)
    }
}
