import LocalServers
import Locking
import StrictJSON
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct S3Tests {
    static func request(_ operation: String, _ parameters: JSONObject = ["Bucket": "antenna-media"])
        -> AWSRequest
    {
        AWSRequest(service: "s3", operation: operation, parameters: parameters)
    }

    static func error(_ code: String, _ more: String = "") -> String {
        "<?xml version=\"1.0\"?>\n<Error><Code>\(code)</Code><Message>why</Message>\(more)</Error>"
    }

    /// A client of AWS's own endpoints with these answers, the last one repeated, and the requests that it sent.
    func client(
        _ answers: HTTPResponse...
    ) -> (client: AWSClient, sent: @Sendable () -> [HTTPRequest]) {
        let sent = Locked<[HTTPRequest]>([])
        let client = AWSClient.stub { request in
            let count = sent.withLock {
                $0.append(request)
                return $0.count
            }
            return .success(answers[min(count, answers.count) - 1])
        }
        return (client, { sent.withLock { $0 } })
    }

    static func answer(_ status: Int, _ body: String = "", _ headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers.map { HTTPHeader($0, $1) }, body: Array(body.utf8))
    }

    static func region(_ request: HTTPRequest) -> String? {
        let authorization = request.headers.first { $0.name == "Authorization" }?.value
        return authorization?.split(separator: "/").dropFirst(2).first.map(String.init)
    }

    // MARK: Answers

    @Test(arguments: [("<LocationConstraint/>", JSON.null), ("<LocationConstraint>EU</LocationConstraint>", "EU")])
    func `the location constraint of a bucket in us-east-1 is null`(
        _ body: String, _ expected: JSON
    ) async throws {
        let (client, _) = client(Self.answer(200, body))
        #expect(try await client.call(Self.request("GetBucketLocation")).value == ["LocationConstraint": expected])
    }

    @Test func `a location with child elements is malformed`() async {
        let (client, _) = client(Self.answer(200, "<LocationConstraint><Region>x</Region></LocationConstraint>"))
        #expect(await client.failure(Self.request("GetBucketLocation"))?.reason == .malformed)
    }

    /// botocore takes an empty body for an empty element. That would read as a bucket without settings although nothing
    /// was seen.
    @Test(arguments: ["<PolicyStatus><IsPublic>true</IsPublic>", " \n", "{}", "<PolicyStatus>", ""])
    func `a truncated answer is unavailable, and the call is retried`(_ body: String) async throws {
        let (client, sent) = client(Self.answer(200, body))
        let error = await client.failure(Self.request("GetBucketPolicyStatus"))
        #expect(error?.reason == .unavailable)
        #expect(error?.message.hasPrefix("the answer is not XML: ") == true)
        #expect(sent().count == 3)
        let (recovered, _) = self.client(Self.answer(200, body), Self.answer(200, "<PolicyStatus/>"))
        #expect(try await recovered.call(Self.request("GetBucketPolicyStatus")).value == ["PolicyStatus": [:]])
    }

    @Test(arguments: ["<ListBucketResult/>", "<IsPublic>true</IsPublic>"])
    func `a document with another root element is malformed`(_ body: String) async {
        let (client, sent) = client(Self.answer(200, body))
        #expect(await client.failure(Self.request("GetBucketPolicyStatus"))?.reason == .malformed)
        #expect(sent().count == 1)
    }

    @Test func `a policy is returned as written`() async throws {
        let policy = "{\"Version\": \"2012-10-17\",\n \"Statement\": []}"
        let (client, _) = client(Self.answer(200, policy))
        #expect(try await client.call(Self.request("GetBucketPolicy")).value == ["Policy": .string(policy)])
    }

    @Test func `a policy that is not UTF-8 is malformed`() async {
        let (client, _) = client(HTTPResponse(status: 200, body: [0x7B, 0xFF, 0x7D]))
        #expect(await client.failure(Self.request("GetBucketPolicy"))?.reason == .malformed)
    }

    @Test func `an object's bytes are the payload, and its headers the value`() async throws {
        let bytes: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0, 0xFF, 0x0D, 0x0A]
        let (client, sent) = client(
            HTTPResponse(
                status: 200, headers: [HTTPHeader("ETag", "\"1b2c\""), HTTPHeader("Expires", "never")], body: bytes))
        let answer = try await client.call(
            Self.request("GetObject", ["Bucket": "antenna-media", "Key": "a b/../v10.zip"]))
        #expect(answer.payload == bytes)
        #expect(answer.value == ["ETag": "\"1b2c\"", "ExpiresString": "never", "Metadata": [:]])
        #expect(
            sent().map(\.url) == ["https://antenna-media.s3.eu-central-1.amazonaws.com/a%20b/../v10.zip"])
    }

    @Test func `an object with the text of an error is an object`() async throws {
        let (client, _) = client(Self.answer(200, Self.error("InternalError")))
        let answer = try await client.call(Self.request("GetObject", ["Bucket": "antenna-media", "Key": "x"]))
        #expect(answer.payload == Array(Self.error("InternalError").utf8))
    }

    @Test func `an object beyond the transport's limit is an error`() async {
        let server = LocalServer { _ in .flood(1 << 20) }
        var limits = CurlTransport.Configuration()
        limits.maximumBodySize = 1 << 17
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test,
            endpoints: Endpoints(["AWS_ENDPOINT_URL_S3": server.url]), transport: CurlTransport(limits),
            clock: TestClock().programClock())
        let error = await client.failure(Self.request("GetObject", ["Bucket": "antenna-media", "Key": "x"]))
        #expect(error?.reason == .malformed)
        #expect(error?.message == "the answer is larger than 131072 bytes")
    }

    @Test func `keys in a list are requested encoded and returned decoded, on every page`() async throws {
        func page(_ key: String, _ rest: String) -> HTTPResponse {
            Self.answer(
                200,
                "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>\(key)</Key></Contents>\(rest)"
                    + "</ListBucketResult>")
        }
        let more = "<IsTruncated>true</IsTruncated><NextContinuationToken>to/ken</NextContinuationToken>"
        let (client, sent) = client(page("a%01+b", more), page("c%2Bd", "<IsTruncated>false</IsTruncated>"))
        let answer = try await client.call(Self.request("ListObjectsV2"))
        #expect(answer.value["Contents"] == [["Key": "a\u{1} b"], ["Key": "c+d"]])
        #expect(
            sent().map { $0.url.split(separator: "?")[1] } == [
                "list-type=2&encoding-type=url", "list-type=2&continuation-token=to%2Fken&encoding-type=url",
            ])
    }

    @Test func `one page is fetched where that is requested, and the answer tells of more`() async throws {
        let more = "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
        for (body, hasMore) in [(more, true), ("<IsTruncated>false</IsTruncated>", false)] {
            let (client, sent) = client(Self.answer(200, "<ListBucketResult>\(body)</ListBucketResult>"))
            let answer = try await client.call(
                AWSRequest(
                    service: "s3", operation: "ListObjectsV2", parameters: ["Bucket": "antenna-media"], isOnePage: true)
            )
            #expect(answer.hasMorePages == hasMore)
            #expect(sent().count == 1)
        }
    }

    @Test func `an operation that takes no payload is refused one`() async {
        let (client, sent) = client(Self.answer(200))
        let request = AWSRequest(
            service: "s3", operation: "GetObject", parameters: ["Bucket": "antenna-media", "Key": "k"], payload: [1])
        #expect(await client.failure(request)?.message == "GetObject takes no payload")
        #expect(sent().isEmpty)
    }

    // MARK: Errors

    @Test(arguments: [
        ("NoSuchBucketPolicy", 404, AWSError.Reason.rejected), ("NoSuchBucket", 404, .rejected),
        ("ServerSideEncryptionConfigurationNotFoundError", 404, .rejected), ("AccessDenied", 403, .denied),
        ("SlowDown", 503, .throttled), ("InternalError", 500, .unavailable),
        ("RequestTimeTooSkewed", 403, .credentials),
    ])
    func `an error code determines the reason`(_ code: String, _ status: Int, _ reason: AWSError.Reason) async {
        let (client, _) = client(Self.answer(status, Self.error(code)))
        let error = await client.failure(Self.request("GetBucketPolicy"))
        #expect(error == AWSError(reason: reason, code: code, status: status, message: "why"))
    }

    @Test(arguments: [(404, "404", AWSError.Reason.rejected), (403, "403", .denied), (400, "400", .rejected)])
    func `the status of an answer without a body determines the reason`(
        _ status: Int, _ code: String, _ reason: AWSError.Reason
    ) async {
        let server = LocalServer { _ in .response(status, [:], "") }
        let error = await AWSClient.test(server).failure(Self.request("HeadBucket"))
        #expect(error?.reason == reason)
        #expect(error?.code == code)
        #expect(server.requests.map { "\($0.method) \($0.path)" } == ["HEAD /antenna-media"])
    }

    @Test(arguments: ["<html>", "no XML", "<Error/>", "<Error><Code/></Error>"])
    func `an error page that is not AWS's is malformed`(_ body: String) async {
        let (client, _) = client(Self.answer(403, body))
        #expect(await client.failure(Self.request("GetBucketPolicy"))?.reason == .malformed)
    }

    @Test(arguments: [
        ("SlowDown", AWSError.Reason.throttled, 3), ("InternalError", .unavailable, 3), ("AccessDenied", .denied, 3),
    ])
    func `an error with status 200 is an error, and the call is retried`(
        _ code: String, _ reason: AWSError.Reason, _ calls: Int
    ) async {
        let (client, sent) = client(Self.answer(200, Self.error(code)))
        #expect(await client.failure(Self.request("GetBucketTagging"))?.reason == reason)
        #expect(sent().count == calls)
    }
}
