import LocalServers
import Locking
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct WebIdentityRoleTests {
    private static let file = "/var/run/token"
    private static let variables = [
        "AWS_WEB_IDENTITY_TOKEN_FILE": file, "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/deploy",
        "AWS_ROLE_SESSION_NAME": "run-77",
    ]

    private func settings(
        _ server: LocalServer, _ environment: [String: String], config: String? = nil, profile: String? = nil,
        token: String? = "hush.hush.hush\n"
    ) throws -> AWSSettings {
        var files: [String: String] = [:]
        files[Self.file] = token
        return try .test(
            config: config, environment.merging(["AWS_ENDPOINT_URL": server.url]) { $1 }, profile: profile, files: files
        )
    }

    @Test func `a role is assumed with a token, unsigned`() async throws {
        let server = AssumedRoleTests.sts()
        #expect(try await settings(server, Self.variables).credentials().accessKeyID == "ASIAdeploy")
        let request = try #require(server.requests.first)
        #expect(request.header("Authorization") == nil && request.header("X-Amz-Date") == nil)
        #expect(
            request.form == [
                "Action": "AssumeRoleWithWebIdentity", "Version": "2011-06-15",
                "RoleArn": "arn:aws:iam::123456789012:role/deploy", "RoleSessionName": "run-77",
                "WebIdentityToken": "hush.hush.hush",
            ])
    }

    @Test func `a profile may configure token and role`() async throws {
        let server = AssumedRoleTests.sts()
        let config = "[profile it]\nweb_identity_token_file = \(Self.file)\nrole_arn = a/profiled\n"
        #expect(
            try await settings(server, [:], config: config, profile: "it").credentials().accessKeyID == "ASIAprofiled")
        #expect(server.requests.first?.form["RoleSessionName"] == "tests")
    }

    @Test func `the environment overrides a profile, unless that was passed as an argument`() async throws {
        let server = AssumedRoleTests.sts()
        let config = "[profile it]\nweb_identity_token_file = \(Self.file)\nrole_arn = a/profiled\n"
        let named = Self.variables.merging(["AWS_PROFILE": "it"]) { $1 }
        #expect(try await settings(server, named, config: config).credentials().accessKeyID == "ASIAdeploy")
        let passed = try settings(server, Self.variables, config: config, profile: "it")
        #expect(try await passed.credentials().accessKeyID == "ASIAprofiled")
    }

    @Test func `a web identity takes precedence over the profile's keys, but not over keys in the environment`()
        async throws
    {
        let server = AssumedRoleTests.sts()
        let keys = ["AWS_ACCESS_KEY_ID": "AKIDV", "AWS_SECRET_ACCESS_KEY": "hush"].merging(Self.variables) { $1 }
        #expect(try await settings(server, keys).credentials().accessKeyID == "AKIDV")
        let config = "[default]\n\(SettingsTests.pair)"
        #expect(try await settings(server, Self.variables, config: config).credentials().accessKeyID == "ASIAdeploy")
    }

    @Test func `a source profile may be a web identity`() async throws {
        let server = AssumedRoleTests.sts()
        let config = """
            [profile it]
            role_arn = a/far
            source_profile = web
            [profile web]
            web_identity_token_file = \(Self.file)
            role_arn = a/near
            """
        #expect(try await settings(server, [:], config: config, profile: "it").credentials().accessKeyID == "ASIAfar")
        #expect(server.requests.map { $0.form["Action"] } == ["AssumeRoleWithWebIdentity", "AssumeRole"])
    }

    @Test func `a token without a role is an error`() async throws {
        let server = AssumedRoleTests.sts()
        let error = try await settings(server, ["AWS_WEB_IDENTITY_TOKEN_FILE": Self.file]).failure()
        #expect(error?.message.hasPrefix("'\(Self.file)' has a web identity token, but there is no role") == true)
        #expect(server.requests.isEmpty)
    }

    @Test(
        arguments: [(nil, "it is not a file"), ("", "the file is empty"), (" \n", "the file is empty")]
            as [(String?, String)])
    func `a missing token is an error`(_ token: String?, _ expected: String) async throws {
        let error = try await settings(AssumedRoleTests.sts(), Self.variables, token: token).failure()
        #expect(error?.reason == .credentials)
        #expect(error?.message == "there is no web identity token in '\(Self.file)': \(expected)")
    }

    @Test func `a call is retried if AWS cannot reach the identity provider`() async throws {
        let count = Locked(0)
        let server = LocalServer { _ in
            let isFirst = count.withLock {
                $0 += 1
                return $0 == 1
            }
            return isFirst
                ? .response(400, [:], Answers.error("IDPCommunicationError"))
                : .response(200, [:], AssumedRoleTests.answer("AssumeRoleWithWebIdentity", "ASIAdeploy"))
        }
        #expect(try await settings(server, Self.variables).credentials().accessKeyID == "ASIAdeploy")
        #expect(server.requests.count == 2)
    }

    @Test func `a refused token is an error that does not quote it`() async throws {
        let server = LocalServer { request in
            .response(400, [:], Answers.error("InvalidIdentityToken", "bad: \(request.form["WebIdentityToken"] ?? "")"))
        }
        let error = try await settings(server, Self.variables).failure()
        #expect(error?.reason == .credentials)
        #expect(
            error?.message
                == "role 'arn:aws:iam::123456789012:role/deploy' cannot be assumed with the web identity in "
                + "'\(Self.file)': InvalidIdentityToken: bad: REDACTED")
    }
}
