import LocalServers
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct ContainerCredentialsTests {
    private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    private static let answer =
        #"{"AccessKeyId":"ASIAC","SecretAccessKey":"hush","Token":"t","Expiration":"2026-11-23T21:40:43Z","RoleArn":"r"}"#

    private static func service(_ status: Int = 200, _ body: String = answer) -> LocalServer {
        LocalServer { _ in .response(status, [:], body) }
    }

    @Test func `a container's service gives credentials`() async throws {
        let server = Self.service()
        let credentials = try await AWSSettings.test([Self.full: "\(server.url)/role?id=1"]).credentials()
        #expect(credentials == Credentials(accessKeyID: "ASIAC", secretAccessKey: "hush", sessionToken: "t"))
        let request = try #require(server.requests.first)
        #expect(request.method == "GET" && request.path == "/role?id=1")
        #expect(request.header("Authorization") == nil && request.header("Accept") == "application/json")
    }

    @Test func `a token is sent, and that of the file takes precedence`() async throws {
        let server = Self.service()
        let variables = [Self.full: server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic x"]
        _ = try await AWSSettings.test(variables).credentials()
        let both = variables.merging(["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token"]) { $1 }
        _ = try await AWSSettings.test(both, files: ["/token": "Bearer y\n"]).credentials()
        #expect(server.requests.map { $0.header("Authorization") } == ["Basic x", "Bearer y"])
    }

    @Test func `a relative address is resolved on the address of ECS and takes precedence over a full one`()
        async throws
    {
        let recorder = StubTransport { request in
            #expect(request.url == "http://169.254.170.2/v2/credentials/x" && request.isDirect)
            return .success(HTTPResponse(status: 200, body: Array(Self.answer.utf8)))
        }
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/x", Self.full: "http://evil.example",
        ]
        #expect(try await AWSSettings.test(variables).credentials(transport: recorder).accessKeyID == "ASIAC")
    }

    @Test(arguments: [
        "http://127.0.0.1:80/a", "http://127.1.2.3", "http://[::1]:8080/x", "http://localhost/x",
        "http://169.254.170.2/x",
        "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1", "https://example.com/x",
        "HTTPS://example.com",
    ])
    func `an address is trusted if it is local, the container's or encrypted`(_ url: String) {
        #expect(ServiceAddress(url)?.isTrusted == true)
    }

    @Test(arguments: [
        "http://example.com/x", "http://169.254.169.254/x", "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com/", "http://localhost:80@example.com", "http://127.0.0", "http://127.0.0.256",
        "http://[::2]/", "ftp://localhost/", "localhost", "http://", "http://example.com?localhost", "//localhost/x",
        "http://example.com#@localhost", "http:///localhost",
    ])
    func `any other address is refused without a request`(_ url: String) async throws {
        let silent = StubTransport { _ in
            Issue.record("a request was sent")
            return .failure(TransportError(.connection, ""))
        }
        let error = try await AWSSettings.test([Self.full: url]).failure(transport: silent)
        #expect(error?.reason == .credentials)
        #expect(
            error?.message
                == "the container returned no credentials: \(Self.full) is neither https nor an address of this "
                + "machine or container")
    }

    @Test(arguments: [
        (404, AWSError.Reason.credentials, "it answers HTTP status 404", 1), (500, .unavailable, "HTTP status 500", 3),
        (200, .credentials, "the container returned no credentials: 'AccessKeyId' is missing", 1),
    ])
    func `a container without credentials is an error that does not quote its answer`(
        _ status: Int, _ reason: AWSError.Reason, _ expected: String, _ attempts: Int
    ) async throws {
        let server = Self.service(status, "{\"message\": \"hush\"}")
        let error = try await AWSSettings.test([Self.full: server.url]).failure()
        #expect(error?.reason == reason && server.requests.count == attempts)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
    }

    @Test func `a token that cannot be sent is an error that does not quote it`() async throws {
        let server = Self.service()
        let broken = [Self.full: server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "hush\r\nX: y"]
        #expect(try await AWSSettings.test(broken).failure()?.message.hasSuffix("has a line break in it") == true)
        let missing = [Self.full: server.url, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/none"]
        #expect(
            try await AWSSettings.test(missing).failure()?.message.hasSuffix("TOKEN_FILE does not name a file") == true)
        #expect(server.requests.isEmpty)
    }

    @Test func `a profile's keys take precedence over the container`() async throws {
        let settings = try AWSSettings.test(
            config: "[default]\n\(SettingsTests.pair)", [Self.full: "http://evil.example"])
        #expect(try await settings.credentials().accessKeyID == "AKID")
    }
}
