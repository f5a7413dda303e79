import LocalServers
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct AssumedRoleTests {
    static let role = "arn:aws:iam::123456789012:role/reader"
    static let keys = "aws_access_key_id = AKIDSOURCE\naws_secret_access_key = hush-source\n"

    /// An STS that returns credentials named after the role, which expire an hour after the test clock's time.
    static func sts() -> LocalServer {
        LocalServer { request in
            let name = (request.form["RoleArn"] ?? "").split(separator: "/").last ?? "nobody"
            return .response(200, [:], Self.answer(request.form["Action"] ?? "", "ASIA\(name)"))
        }
    }

    static func answer(_ action: String, _ id: String) -> String {
        Answers.query(
            action,
            "<Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>hush-\(id)</SecretAccessKey>"
                + "<SessionToken>token-\(id)</SessionToken><Expiration>2026-11-23T21:40:43Z</Expiration></Credentials>")
    }

    private func settings(_ server: LocalServer, _ config: String, _ environment: [String: String] = [:]) throws
        -> AWSSettings
    {
        try .test(config: config, environment.merging(["AWS_ENDPOINT_URL": server.url]) { $1 }, profile: "it")
    }

    private func key(_ request: LocalServer.Request) -> String? {
        request.header("Authorization")?.split(separator: "/").first?.split(separator: "=").last.map(String.init)
    }

    @Test func `a role is assumed with the keys of another profile`() async throws {
        let server = Self.sts()
        let config = "[profile base]\n\(Self.keys)[profile it]\nrole_arn = \(Self.role)\nsource_profile = base\n"
        let credentials = try await settings(server, config).credentials()
        #expect(
            credentials
                == Credentials(
                    accessKeyID: "ASIAreader", secretAccessKey: "hush-ASIAreader", sessionToken: "token-ASIAreader"))
        let request = try #require(server.requests.first)
        #expect(server.requests.count == 1 && key(request) == "AKIDSOURCE")
        #expect(
            request.form == [
                "Action": "AssumeRole", "Version": "2011-06-15", "RoleArn": Self.role, "RoleSessionName": "tests",
            ])
    }

    @Test func `external id, session name and duration are sent`() async throws {
        let server = Self.sts()
        let config = """
            [profile it]
            role_arn = \(Self.role)
            source_profile = it
            external_id = x/1
            role_session_name = night
            duration_seconds = 900
            \(Self.keys)
            """
        _ = try await settings(server, config).credentials()
        let form = try #require(server.requests.first).form
        #expect(form["ExternalId"] == "x/1" && form["RoleSessionName"] == "night" && form["DurationSeconds"] == "900")
    }

    @Test func `a chain of roles is assumed from its last profile`() async throws {
        let server = Self.sts()
        let config = """
            [profile it]
            role_arn = arn:x/one
            source_profile = two
            [profile two]
            role_arn = arn:x/two
            source_profile = three
            [profile three]
            role_arn = arn:x/three
            source_profile = base
            [profile base]
            \(Self.keys)
            """
        #expect(try await settings(server, config).credentials().accessKeyID == "ASIAone")
        #expect(server.requests.map(key) == ["AKIDSOURCE", "ASIAthree", "ASIAtwo"])
    }

    @Test func `the keys of a source profile take precedence over its role`() async throws {
        let server = Self.sts()
        let config = """
            [profile it]
            role_arn = arn:x/one
            source_profile = two
            [profile two]
            role_arn = arn:x/two
            source_profile = it
            \(Self.keys)
            """
        _ = try await settings(server, config).credentials()
        #expect(server.requests.map(key) == ["AKIDSOURCE"])
    }

    @Test func `a source may be a command or the environment`() async throws {
        let server = Self.sts()
        let command = #"echo {\"Version\":1,\"AccessKeyId\":\"AKIDCOMMAND\",\"SecretAccessKey\":\"hush\"}"#
        let config = "[profile c]\ncredential_process = \(command)\n[profile it]\nrole_arn = a/b\nsource_profile = c\n"
        _ = try await settings(server, config).credentials()
        let named = "[profile it]\nrole_arn = a/b\ncredential_source = Environment\n"
        let variables = ["AWS_ACCESS_KEY_ID": "AKIDVARIABLE", "AWS_SECRET_ACCESS_KEY": "hush"]
        _ = try await settings(server, named, variables).credentials()
        #expect(server.requests.map(key) == ["AKIDCOMMAND", "AKIDVARIABLE"])
    }

    @Test(arguments: [
        ("role_arn = a", "it has neither source_profile nor credential_source: add one"),
        ("role_arn = a\nsource_profile = x\ncredential_source = Environment", "it has both"),
        ("role_arn = a\nsource_profile = x", "its source_profile 'x' does not exist"),
        ("role_arn = a\nsource_profile = it", "leads back to it: it -> it"),
        (
            "role_arn = a\nsource_profile = b\n[profile b]\nrole_arn = c\nsource_profile = it",
            "leads back to it: it -> b -> it"
        ),
        ("role_arn = a\nsource_profile = b\n[profile b]\nregion = c", "its source_profile 'b' has no credentials"),
        (
            "role_arn = a\nsource_profile = b\n[profile b]\naws_access_key_id = A",
            "has no aws_secret_access_key: write both"
        ),
        ("role_arn = a\nsource_profile = b\n[profile b]\naws_secret_access_key = hush", "but no aws_access_key_id"),
        (
            "role_arn = a\ncredential_source = Elsewhere",
            "credential_source is 'Elsewhere': write Environment, EcsContainer"
        ),
        ("role_arn = a\ncredential_source = Environment", "its credential_source 'Environment' has no credentials"),
        ("role_arn = a\ncredential_source = EcsContainer", "its credential_source 'EcsContainer' has no credentials"),
        ("role_arn = a\nsource_profile = b\nmfa_serial = c", "mfa_serial requires a code"),
        ("role_arn = a\nsource_profile = it\nduration_seconds = long\n\(keys)", "duration_seconds is not a number"),
        ("role_arn =\nsource_profile = b", "role_arn has no value, or a value of several lines"),
        ("role_arn = a\nsource_profile = b\n  hush", "source_profile has no value, or a value of several lines"),
    ])
    func `an incomplete or circular profile is an error that names the option`(_ options: String, _ expected: String)
        async throws
    {
        let server = Self.sts()
        let error = try await settings(server, "[profile it]\n\(options)\n").failure()
        #expect(error?.reason == .credentials)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
        #expect(server.requests.isEmpty)
    }

    @Test func `a denied AssumeRole is a credentials error, not a denial of the signed request`() async throws {
        let server = LocalServer { _ in .response(403, [:], Answers.error("AccessDenied", "not you")) }
        let config = "[profile it]\nrole_arn = \(Self.role)\nsource_profile = it\n\(Self.keys)"
        let error = try await settings(server, config).failure()
        #expect(error?.reason == .credentials)
        #expect(
            error?.message == "role '\(Self.role)' of profile 'it' cannot be assumed: AccessDenied: not you")
    }

    @Test func `a failing STS is retried, and then unavailable`() async throws {
        let server = LocalServer { _ in .response(503, [:], "") }
        let config = "[profile it]\nrole_arn = a\nsource_profile = it\n\(Self.keys)"
        #expect(try await settings(server, config).failure()?.reason == .unavailable)
        #expect(server.requests.count == 3)
    }

    @Test func `an answer without credentials is an error`() async throws {
        let server = LocalServer { _ in .response(200, [:], Answers.query("AssumeRole", "")) }
        let config = "[profile it]\nrole_arn = a\nsource_profile = it\n\(Self.keys)"
        let error = try await settings(server, config).failure()
        #expect(error?.message.hasSuffix("the answer returned no credentials: 'AccessKeyId' is missing") == true)
    }

    @Test func `login_session is refused, because it is another identity than the keys in its profile`() async throws {
        let config = "[profile it]\nlogin_session = arn:x\n\(Self.keys)"
        let error = try await settings(Self.sts(), config).failure()
        #expect(error?.message.hasPrefix("the login_session of profile 'it' cannot be used") == true)
    }
}
