import LocalServers
import StrictJSON
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct AWSClientTests {
    @Test func `an answer has the value, AWS's date and the number of calls`() async throws {
        let server = LocalServer { _ in
            .response(200, ["Date": "Mon, 23 Nov 2026 20:40:43 GMT"], Answers.identity)
        }
        let answer = try await AWSClient.test(server).call(.whoAmI)
        #expect(answer.value == ["Account": "123456789012"])
        #expect(answer.date?.description == "2026-11-23T20:40:43Z")
        #expect(answer.pages == 1)
        #expect(answer.calls == 1)
    }

    @Test func `a request is a signed form`() async throws {
        let server = LocalServer { _ in .response(200, [:], Answers.ec2("DescribeSubnets", "<subnetSet/>")) }
        let request = AWSRequest(
            service: "ec2", operation: "DescribeSubnets", parameters: ["SubnetIds": ["subnet-1"]], region: "us-west-2")
        _ = try await AWSClient.test(server).call(request)
        let sent = try #require(server.requests.first)
        #expect(sent.method == "POST")
        #expect(sent.path == "/")
        #expect(sent.body == "Action=DescribeSubnets&Version=2016-11-15&SubnetId.1=subnet-1")
        #expect(sent.header("Host") == "127.0.0.1:\(server.port)")
        #expect(sent.header("Content-Type") == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(sent.header("X-Amz-Date") == "20261123T204043Z")
        #expect(sent.header("X-Amz-Security-Token") == "session/token+value==")
        #expect(sent.header("User-Agent") == "swift-aws-client")
        let authorization = try #require(sent.header("Authorization"))
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-west-2/ec2/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="))
    }

    @Test func `an endpoint's path is a prefix of the request's path and is signed`() async throws {
        let server = LocalServer { _ in .response(200, [:], Answers.identity) }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test,
            endpoints: Endpoints(["AWS_ENDPOINT_URL_STS": "\(server.url)/under/here/"]), transport: CurlTransport(),
            clock: TestClock().programClock())
        _ = try await client.call(.whoAmI)
        #expect(server.requests.map(\.path) == ["/under/here/"])
    }

    @Test(arguments: [
        ("nothing", "GetCallerIdentity"), ("sts", "DropEverything"), ("", ""), ("sts", "global"),
    ])
    func `an unknown operation is invalid, and nothing is sent`(_ service: String, _ operation: String) async {
        let server = LocalServer { _ in .response(200, [:], "") }
        let error = await AWSClient.test(server).failure(AWSRequest(service: service, operation: operation))
        #expect(error?.reason == .invalid)
        #expect(server.requests.isEmpty)
    }

    @Test(
        arguments: [
            ["Unknown": "x"], ["SubnetIds": "no list"], ["SubnetIds": [1]], ["MaxResults": "5"],
            ["MaxResults": .number(JSONNumber("1.5")!)],
            ["DryRun": "true"], ["Filters": [["Name": "x", "Nope": []]]], ["NextToken": nil],
        ] as [JSONObject])
    func `a parameter that the operation does not take is invalid`(_ parameters: JSONObject) async {
        let client = AWSClient.stub { _ in .failure(TransportError(.connection, "not to be called")) }
        let request = AWSRequest(service: "ec2", operation: "DescribeSubnets", parameters: parameters)
        #expect(await client.failure(request)?.reason == .invalid)
    }

    @Test func `an error does not quote a parameter's value`() async {
        let client = AWSClient.stub { _ in .failure(TransportError(.connection, "not to be called")) }
        let request = AWSRequest(
            service: "ec2", operation: "DescribeSubnets", parameters: ["MaxResults": "hunter2"])
        let error = await client.failure(request)
        #expect(error?.message == "DescribeSubnets.MaxResults has a value of the wrong type")
    }

    @Test(arguments: ["", "eu central", "eu/../x", "evil.example.com"])
    func `an invalid region is refused`(_ region: String) async {
        let client = AWSClient.stub { _ in .failure(TransportError(.connection, "not to be called")) }
        let request = AWSRequest(service: "sts", operation: "GetCallerIdentity", region: region)
        #expect(await client.failure(request)?.reason == .invalid)
    }

    @Test func `without credentials nothing is sent, and the error says what to set`() async {
        let server = LocalServer { _ in .response(200, [:], Answers.identity) }
        let error = await AWSClient.test(server, credentials: EnvironmentCredentials([:])).failure(.whoAmI)
        #expect(error?.reason == .credentials)
        #expect(error?.message.contains("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") == true)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [
        "<a>", "", "not XML", "{\"json\":true}", Answers.error("AccessDenied"), Answers.ec2("GetCallerIdentity", ""),
        Answers.query("GetSessionToken", ""), Answers.identity.dropLast().description,
        Answers.query("GetCallerIdentity", "<Account><Nested/></Account>"),
        Answers.query("GetCallerIdentity", "<Account>1</Account><Account>2</Account>"),
    ])
    func `an answer that is not AWS's is malformed, and the call is not retried`(_ body: String) async {
        let server = LocalServer { _ in .response(200, [:], body) }
        #expect(await AWSClient.test(server).failure(.whoAmI)?.reason == .malformed)
        #expect(server.requests.count == 1)
    }

    @Test func `elements that the table does not know are kept`() async throws {
        let server = LocalServer { _ in
            .response(
                200, [:],
                Answers.ec2(
                    "DescribeSubnets",
                    """
                    <subnetSet><item><subnetId>s</subnetId><newLeaf>1</newLeaf><newTree><a>x</a><b/></newTree>
                    <twice>1</twice><twice>2</twice></item></subnetSet><novelty>y</novelty>
                    """))
        }
        let answer = try await AWSClient.test(server).call(.subnets)
        #expect(
            answer.value == [
                "Subnets": [
                    ["SubnetId": "s", "newLeaf": "1", "newTree": ["a": "x", "b": ""], "twice": ["1", "2"]]
                ],
                "novelty": "y",
            ])
    }

    @Test func `a policy document is decoded, and another text is kept`() async throws {
        let role = "<Role><RoleName>r</RoleName><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument></Role>"
        func document(_ text: String) async throws -> JSON? {
            let body = Answers.query("GetRole", role.replacing("%s", with: text))
            let client = AWSClient.stub { _ in .success(HTTPResponse(status: 200, body: Array(body.utf8))) }
            let request = AWSRequest(service: "iam", operation: "GetRole", parameters: ["RoleName": "r"])
            return try await client.call(request).value["Role"]?["AssumeRolePolicyDocument"]
        }
        #expect(try await document("%7B%22Version%22%3A1.0%7D") == ["Version": .number(JSONNumber("1.0")!)])
        #expect(try await document("%7Bbroken") == "%7Bbroken")
    }

    @Test func `cancelling the task cancels the call`() async throws {
        let server = LocalServer { _ in .silence }
        let client = AWSClient.test(server)
        let task = Task { await client.failure(.whoAmI) }
        try await server.waitForRequests(1)
        task.cancel()
        #expect(await task.value?.reason == .cancelled)
        #expect(server.requests.count == 1)
    }
}
