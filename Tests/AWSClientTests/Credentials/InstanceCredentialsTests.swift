import LocalServers
import Locking
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct InstanceCredentialsTests {
    private static let credentials =
        #"{"Code":"Success","AccessKeyId":"ASIAI","SecretAccessKey":"hush","Token":"t","Expiration":"2026-11-23T21:40:43Z"}"#
    private static let path = "/latest/meta-data/iam/security-credentials/"

    /// A version 2 metadata service with a role, apart from the replaced replies.
    private static func service(_ replaced: [String: LocalServer.Reply] = [:]) -> LocalServer {
        LocalServer { request in
            if let reply = replaced[request.path] { return reply }
            switch (request.method, request.path) {
            case ("PUT", "/latest/api/token"): return .response(200, [:], "hush-session")
            case ("GET", path) where request.header("x-aws-ec2-metadata-token") == "hush-session":
                return .response(200, [:], "a+role")
            case ("GET", path + "a%2Brole") where request.header("x-aws-ec2-metadata-token") == "hush-session":
                return .response(200, [:], credentials)
            default: return .response(401, [:], "")
            }
        }
    }

    private func settings(_ server: LocalServer, _ environment: [String: String] = [:]) throws -> AWSSettings {
        let variables = ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url + "/"]
        return try .test(variables.merging(environment) { $1 })
    }

    @Test func `the instance's role gives credentials through version 2 of the metadata service`() async throws {
        let server = Self.service()
        let credentials = try await settings(server).credentials()
        #expect(credentials == Credentials(accessKeyID: "ASIAI", secretAccessKey: "hush", sessionToken: "t"))
        #expect(server.requests.map(\.method) == ["PUT", "GET", "GET"])
        #expect(server.requests[0].header("x-aws-ec2-metadata-token-ttl-seconds") == "300")
    }

    @Test(arguments: [400, 403, 404, 405, 500])
    func `without a token nothing more is requested: version 1 is never used`(_ status: Int) async throws {
        let server = Self.service(["/latest/api/token": .response(status, [:], "hush")])
        let error = try await settings(server).failure()
        #expect(error?.message.hasPrefix("no AWS credentials in ") == true)
        #expect(error?.message.contains("the instance's role") == true)
        #expect(server.requests.map(\.path) == ["/latest/api/token"])
    }

    @Test func `an instance without a role has no credentials`() async throws {
        let server = Self.service([Self.path: .response(404, [:], "")])
        #expect(try await settings(server).failure()?.message.hasPrefix("no AWS credentials in ") == true)
    }

    @Test func `an unreachable metadata service costs one second`() async throws {
        let timeouts = Locked<Set<Duration>>([])
        let silence = StubTransport { request in
            timeouts.withLock { _ = $0.insert(request.timeout) }
            return .failure(TransportError(.timeout, "silence"))
        }
        let error = try await settings(Self.service()).failure(transport: silence)
        #expect(error?.message.hasPrefix("no AWS credentials in ") == true)
        #expect(timeouts.withLock { $0 } == [.seconds(1)])
    }

    @Test func `a disabled metadata service is neither called nor named in the error`() async throws {
        let server = Self.service()
        let error = try await settings(server, ["AWS_EC2_METADATA_DISABLED": "TRUE"]).failure()
        #expect(error?.message.contains("instance") == false)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        (
            #"{"Code":"AssumeRoleUnauthorizedAccess","Message":"hush"}"#,
            "returned no credentials: AssumeRoleUnauthorizedAccess"
        ),
        ("hush", "returned no credentials: 'AccessKeyId' is missing"),
        (#"{"Code":"Success","AccessKeyId":"A"}"#, "returned no credentials: 'SecretAccessKey' is missing"),
    ])
    func `a role without credentials is an error that names the problem`(_ body: String, _ expected: String)
        async throws
    {
        let server = Self.service([Self.path + "a%2Brole": .response(200, [:], body)])
        let error = try await settings(server).failure()
        #expect(error?.reason == .credentials)
        #expect(error?.message == "the instance's role \(expected)")
    }

    @Test func `variables or the profile configure attempts, timeout and endpoint`() async throws {
        let server = Self.service(["/latest/api/token": .response(500, [:], "")])
        _ = try await settings(server, ["AWS_METADATA_SERVICE_NUM_ATTEMPTS": "4"]).failure()
        #expect(server.requests.count == 4)
        let recorder = StubTransport { request in
            #expect(request.url == "http://[fd00:ec2::254]/latest/api/token" && request.isDirect)
            #expect(request.timeout == .seconds(3))
            return .failure(TransportError(.connection, "none"))
        }
        let settings = try AWSSettings.test(
            config: "[default]\nec2_metadata_service_endpoint_mode = IPv6\nmetadata_service_timeout = 3\n",
            ["AWS_EC2_METADATA_DISABLED": ""])
        #expect(await settings.failure(transport: recorder)?.message.contains("the instance's role") == true)
    }

    @Test func `an endpoint that is not a URL is refused`() async throws {
        let settings = try AWSSettings.test([
            "AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "localhost",
        ])
        #expect(
            await settings.failure()?.message.hasPrefix("AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http or https")
                == true)
    }

    @Test func `a role may be assumed with the instance's credentials`() async throws {
        let server = Self.service()
        let sts = AssumedRoleTests.sts()
        let settings = try AWSSettings.test(
            config: "[profile it]\nrole_arn = a/b\ncredential_source = Ec2InstanceMetadata\n",
            [
                "AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url,
                "AWS_ENDPOINT_URL": sts.url,
            ], profile: "it")
        #expect(try await settings.credentials().accessKeyID == "ASIAb")
        #expect(sts.requests.first?.header("X-Amz-Security-Token") == "t")
    }
}
