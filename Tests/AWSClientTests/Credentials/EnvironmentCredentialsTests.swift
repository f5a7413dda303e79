import LocalServers
import Logging
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct EnvironmentCredentialsTests {
    private func credentials(_ environment: [String: String]) async throws(AWSError) -> Credentials {
        try await EnvironmentCredentials(environment).credentials()
    }

    @Test func `the environment provides credentials, with and without a session token`() async throws {
        let lasting = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"]
        #expect(try await credentials(lasting) == Credentials(accessKeyID: "AKID", secretAccessKey: "secret"))
        let temporary = lasting.merging(["AWS_SESSION_TOKEN": "token\n"]) { $1 }
        #expect(try await credentials(temporary).sessionToken == "token")
        let empty = lasting.merging(["AWS_SESSION_TOKEN": ""]) { $1 }
        #expect(try await credentials(empty).sessionToken == nil)
    }

    @Test(
        arguments: [
            [:], ["AWS_ACCESS_KEY_ID": "AKID"], ["AWS_SECRET_ACCESS_KEY": "hunter2"],
            ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "hunter2"], ["AWS_SESSION_TOKEN": "hunter2"],
        ] as [[String: String]])
    func `a missing variable is an error that names what to set`(_ environment: [String: String]) async {
        let error = await #expect(throws: AWSError.self) { try await credentials(environment) }
        #expect(error?.reason == .credentials)
        #expect(error?.message.contains("set") == true)
        #expect(error?.message.contains("hunter2") == false)
    }

    @Test func `printing or dumping credentials shows no secret`() {
        let credentials = Credentials.test
        var dumped = ""
        dump(credentials, to: &dumped)
        dump([credentials as Credentials?], to: &dumped)
        let texts = [
            "\(credentials)", String(describing: credentials), String(reflecting: credentials), dumped,
            "\([credentials])", "\(AnyHashable(credentials))",
        ]
        for text in texts {
            #expect(!text.contains(credentials.secretAccessKey))
            #expect(!text.contains("session/token"))
        }
        #expect("\(credentials)" == "Credentials(AKIDEXAMPLE)")
    }

    @Test func `the log has calls, and nothing that may be secret`() async throws {
        let server = LocalServer { request in
            request.form["NextToken"] == nil
                ? .response(200, [:], Answers.ec2("DescribeSubnets", "<nextToken>hunter2</nextToken>"))
                : .response(403, [:], Answers.ec2Error("UnauthorizedOperation", "hunter2"))
        }
        let recorder = LogRecorder()
        let client = AWSClient.test(server, logger: Logger(label: "test") { _ in recorder })
        let request = AWSRequest(service: "ec2", operation: "DescribeSubnets", parameters: ["SubnetIds": ["hunter2"]])
        #expect(await client.failure(request)?.reason == .denied)
        #expect(
            recorder.lines == [
                "debug ec2 DescribeSubnets attempt=1 milliseconds=0 page=1 status=200",
                "debug ec2 DescribeSubnets attempt=1 milliseconds=0 page=2 status=403",
            ])
    }
}
