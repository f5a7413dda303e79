import AWSClient
import Locking
import StrictJSON

@testable import TidemarkS3

/// A server of one bucket in memory, which answers as the Amazon S3 API Reference describes.
struct BucketServer: Transport {
    /// The objects, and the requests in their order.
    struct State {
        var objects: [String: [UInt8]] = [:]
        var requests: [HTTPRequest] = []
    }

    let state = Locked(State())
    /// The answer instead of the bucket's own; nil for that.
    var fault: @Sendable (_ request: HTTPRequest, _ number: Int) -> Result<HTTPResponse, TransportError>? = { _, _ in
        nil
    }
    /// Whether a request with a fault is executed all the same: its answer is lost.
    var executesFaults = false

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The number of objects that are entries.
    var entryCount: Int { state.withLock { $0.objects.keys.count { $0.contains("/entries/") } } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let number = state.withLock {
            $0.requests.append(request)
            return $0.requests.count
        }
        guard let result = fault(request, number) else { return answer(request) }
        if executesFaults { _ = answer(request) }
        return try result.get()
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        // The scheme, the host and the bucket come before the key.
        let key = request.url.split(separator: "/", maxSplits: 3).dropFirst(3).first.map(String.init) ?? ""
        return state.withLock { state in
            if request.url.contains("list-type=2") { return Self.list(state.objects, request.url) }
            let object = state.objects[key]
            if request.method == "GET" {
                return object.map { HTTPResponse(status: 200, body: $0) } ?? Self.error(404, "NoSuchKey")
            }
            if object != nil { return Self.error(412, "PreconditionFailed") }
            state.objects[key] = request.body
            return HTTPResponse(status: 200)
        }
    }

    private static func list(_ objects: [String: [UInt8]], _ url: String) -> HTTPResponse {
        let after = url.split(separator: "start-after=").dropFirst().first?.prefix { $0 != "&" } ?? ""
        let keys = objects.keys.sorted().filter { $0.replacing("/", with: "%2F") > after }
        let contents = keys.prefix(2).map { "<Contents><Key>\($0)</Key></Contents>" }.joined()
        let more =
            keys.count > 2
            ? "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
            : "<IsTruncated>false</IsTruncated>"
        return HTTPResponse(
            status: 200,
            body: Array("<ListBucketResult><EncodingType>url</EncodingType>\(more)\(contents)</ListBucketResult>".utf8))
    }

    static func error(_ status: Int, _ code: String) -> HTTPResponse {
        HTTPResponse(status: status, body: Array("<Error><Code>\(code)</Code><Message>why</Message></Error>".utf8))
    }
}
