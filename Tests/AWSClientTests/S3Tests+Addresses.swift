import LocalServers
import Locking
import StrictJSON
import Testing

@testable import AWSClient

extension S3Tests {
    // MARK: Regions

    @Test(arguments: [
        Self.answer(301, Self.error("PermanentRedirect"), ["x-amz-bucket-region": "us-west-2"]),
        Self.answer(301, "", ["x-amz-bucket-region": "us-west-2"]),
        Self.answer(400, "", ["x-amz-bucket-region": "us-west-2"]),
        Self.answer(400, Self.error("AuthorizationHeaderMalformed", "<Region>us-west-2</Region>")),
    ])
    func `a call follows a redirect to the bucket's region, and later calls go there directly`(_ redirect: HTTPResponse)
        async throws
    {
        let (client, sent) = client(redirect, Self.answer(200, "<Tagging/>"))
        #expect(try await client.call(Self.request("GetBucketTagging")).calls == 2)
        #expect(try await client.call(Self.request("GetBucketTagging")).calls == 1)
        let url = "https://antenna-media.s3.us-west-2.amazonaws.com/?tagging"
        #expect(
            sent().map(\.url) == ["https://antenna-media.s3.eu-central-1.amazonaws.com/?tagging", url, url])
        #expect(sent().map(Self.region) == ["eu-central-1", "us-west-2", "us-west-2"])
    }

    @Test(arguments: ["us-west-2", "eu-central-1", "cn-north-1", "evil.example.com/", ""])
    func `a second redirect, or one to nowhere or another partition, is an error`(_ region: String) async {
        let (client, sent) = client(
            Self.answer(301, Self.error("PermanentRedirect"), ["x-amz-bucket-region": region]),
            Self.answer(301, Self.error("PermanentRedirect"), ["x-amz-bucket-region": "us-east-2"]))
        let error = await client.failure(Self.request("GetBucketTagging"))
        #expect(error?.code == "PermanentRedirect")
        #expect(sent().count == (region == "us-west-2" ? 2 : 1))
        #expect(sent().allSatisfy { $0.url.hasSuffix(".amazonaws.com/?tagging") })
    }

    @Test(arguments: [
        (
            Self.answer(400, Self.error("IllegalLocationConstraintException")),
            Self.answer(400, "", ["x-amz-bucket-region": "us-west-2"])
        ),
        (Self.answer(301, Self.error("PermanentRedirect")), Self.answer(301, "", ["x-amz-bucket-region": "us-west-2"])),
        (Self.answer(301), Self.answer(403, "", ["X-Amz-Bucket-Region": "us-west-2"])),
        (Self.answer(307), Self.answer(200, "", ["x-amz-bucket-region": "us-west-2"])),
    ])
    func `a redirect without a region leads to HeadBucket, which names it`(
        _ redirect: HTTPResponse, _ head: HTTPResponse
    )
        async throws
    {
        let sent = Locked<[HTTPRequest]>([])
        let client = AWSClient.stub { request in
            sent.withLock { $0.append(request) }
            if request.url.contains("us-west-2") { return .success(Self.answer(200, "<Tagging/>")) }
            return .success(request.method == "HEAD" ? head : redirect)
        }
        _ = try await client.call(Self.request("GetBucketTagging"))
        let requests = sent.withLock { $0 }.map { "\($0.method) \(Self.region($0) ?? "")" }
        #expect(requests.first == "GET eu-central-1" && requests.dropFirst().first == "HEAD eu-central-1")
        #expect(requests.last == "GET us-west-2")
        #expect(requests.count <= 4)
    }

    @Test func `a redirect is an error if HeadBucket does not name the region either`() async {
        let sent = Locked<[String]>([])
        let client = AWSClient.stub { request in
            sent.withLock { $0.append(request.method) }
            return .success(
                Self.answer(400, request.method == "HEAD" ? "" : Self.error("IllegalLocationConstraintException")))
        }
        let error = await client.failure(Self.request("GetBucketTagging"))
        #expect(error?.code == "IllegalLocationConstraintException")
        #expect(error?.calls == 2)
        #expect(sent.withLock { $0 } == ["GET", "HEAD"])
    }

    // MARK: Requests

    @Test(
        arguments: [
            [:], ["Bucket": ""], ["Bucket": 1], ["Bucket": "a/b"], ["Bucket": ".."], ["Bucket": "a b"],
            ["Bucket": "b\u{fc}cket"], ["Bucket": "host.example.com:80"], ["Bucket": "a?b"],
            ["Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/antenna"],
        ] as [JSONObject])
    func `an invalid bucket name is refused, and nothing is sent`(_ parameters: JSONObject) async {
        let (client, sent) = client(Self.answer(200))
        #expect(await client.failure(Self.request("HeadBucket", parameters))?.reason == .invalid)
        #expect(sent().isEmpty)
    }

    @Test(arguments: [["Bucket": "b-1"], ["Bucket": "b-1", "Key": ""], ["Bucket": "b-1", "Key": 1]] as [JSONObject])
    func `an object without a key is refused, because the request would list the bucket`(_ parameters: JSONObject) async
    {
        let (client, sent) = client(Self.answer(200))
        #expect(await client.failure(Self.request("GetObject", parameters))?.reason == .invalid)
        #expect(sent().isEmpty)
    }

    @Test func `a line break in a header is refused`() async {
        let server = LocalServer { _ in .response(200, [:], "") }
        let parameters: JSONObject = ["Bucket": "antenna-media", "ExpectedBucketOwner": "1\r\nX-Evil: 2"]
        #expect(await AWSClient.test(server).failure(Self.request("HeadBucket", parameters))?.reason == .invalid)
        #expect(server.requests.isEmpty)
    }
}
