import AWSClient
import CivilTime
import FoundationEssentials
import StrictJSON
import Testing
import Tidemark
import TidemarkBucket
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkS3

@Suite struct S3ObjectsTests {
    private func objects(_ server: BucketServer, owner: String? = nil) -> S3Objects {
        S3Objects(
            AWSClient(
                region: "eu-central-1", credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
                endpoints: Endpoints(["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"]), transport: server),
            bucket: "history", owner: owner)
    }

    private let bytes: [UInt8] = [0x78, 0, 0xFF, 10, 0xC3]

    @Test func `an object is created once, and read byte for byte`() async {
        let objects = objects(BucketServer())
        #expect(await objects.read("a/1") == .absent)
        #expect(await objects.create("a/1", bytes) == .created)
        #expect(await objects.create("a/1", [1]) == .exists)
        #expect(await objects.read("a/1") == .found(bytes))
    }

    @Test func `a request to create has a condition, a checksum, a signed body and the owner`() async throws {
        let server = BucketServer()
        _ = await objects(server, owner: "123456789012").create("a%3Db/1", bytes)
        let request = try #require(server.requests.first)
        let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name.lowercased(), $0.value) })
        #expect(request.url == "http://127.0.0.1:9/history/a%253Db/1")
        #expect(request.body == bytes)
        #expect(request.isSentOnce)
        #expect(headers["if-none-match"] == "*")
        #expect(headers["content-type"] == "application/zlib")
        #expect(headers["content-md5"] == "3tlgIeyP9l4jC2ThYLQ/AQ==")
        #expect(headers["x-amz-content-sha256"] == ContentHash(of: bytes).hexadecimal)
        #expect(headers["x-amz-expected-bucket-owner"] == "123456789012")
        let signed =
            "content-md5;content-type;host;if-none-match;x-amz-content-sha256;x-amz-date;x-amz-expected-bucket-owner"
        #expect(headers["authorization"]?.contains("SignedHeaders=\(signed),") == true)
    }

    @Test(arguments: [
        (403, "AccessDenied", false), (403, "ExpiredToken", false), (400, "InvalidRequest", false),
        (404, "NoSuchBucket", false), (501, "NotImplemented", false), (409, "ConditionalRequestConflict", true),
        (409, "OperationAborted", true), (500, "InternalError", true), (503, "SlowDown", true),
        (400, "RequestTimeout", true), (400, "BadDigest", true), (400, "XAmzContentSHA256Mismatch", true),
        (400, "IncompleteBody", true),
    ])
    func `an error says whether an object may be created, and the request is sent once`(
        _ status: Int, _ code: String, _ isUnknown: Bool
    ) async {
        let server = BucketServer(fault: { _, _ in .success(BucketServer.error(status, code)) })
        let why = "\(code): why"
        let advice: StoreRefusal.Advice =
            switch code {
            case "AccessDenied": .allow
            case "ExpiredToken": .remedy("renew the credentials of the history's bucket")
            case "NoSuchBucket": .remedy("create the bucket, or correct the address of the history")
            default: .remedy("check the address, the region and the endpoint of the history")
            }
        let refusal = StoreRefusal(why, advice)
        #expect(await objects(server).create("k", bytes) == (isUnknown ? .unknown(why) : .refused(refusal)))
        #expect(server.requests.count == 1)
        // A conflict is about creating alone.
        guard status != 409 else { return }
        #expect(await objects(server).read("k") == (isUnknown ? .unknown(why) : .refused(refusal)))
        #expect(
            await objects(server).keys(withPrefix: "", after: nil)
                == (isUnknown ? .unknown(why) : .refused(refusal)))
        #expect(server.requests.count == 3)
    }

    @Test func `an answer without a body has its status alone`() async {
        let server = BucketServer(fault: { _, number in .success(HTTPResponse(status: [412, 403, 502][number - 1])) })
        #expect(await objects(server).create("k", bytes) == .exists)
        #expect(await objects(server).create("k", bytes) == .refused("403: HTTP status 403 without a body"))
        #expect(await objects(server).create("k", bytes) == .unknown("HTTP status 502 without an AWS error"))
    }

    @Test(arguments: [
        (TransportError.Reason.timeout, true), (.connection, true), (.truncated, true), (.cancelled, true),
        (.certificate(.other), false),
    ])
    func `without an answer an object may be created, unless nothing was sent`(
        _ reason: TransportError.Reason, _ isUnknown: Bool
    ) async {
        let server = BucketServer(fault: { _, _ in .failure(TransportError(reason, "no answer")) })
        let outcome = await objects(server).create("k", bytes)
        if case .unknown = outcome { #expect(isUnknown) } else { #expect(!isUnknown) }
        #expect(server.requests.count == 1)
    }

    @Test func `keys are listed page by page, after a key`() async throws {
        let server = BucketServer()
        let objects = objects(server)
        for key in ["p/a%3Db/1", "p/a%3Db/2", "p/a%3Db/3"] { _ = await objects.create(key, bytes) }
        let first = await objects.keys(withPrefix: "p/", after: nil)
        #expect(first == .page(["p/a%3Db/1", "p/a%3Db/2"], hasMore: true))
        _ = await objects.keys(withPrefix: "p/", after: "p/a%3Db/2")
        #expect(
            server.requests.suffix(2).map { $0.url.split(separator: "?")[1] } == [
                "list-type=2&prefix=p%2F&encoding-type=url",
                "list-type=2&prefix=p%2F&start-after=p%2Fa%253Db%2F2&encoding-type=url",
            ])
    }
}
