import StrictJSON
import Synchronization
import Testing

@testable import AWSClient

/// What a presigned URL of an answer names.
struct DownloadTests {
    private static let signature = "5e9f-a-signature"
    private static let request = AWSRequest(
        service: "ecr", operation: "GetDownloadUrlForLayer",
        parameters: ["repositoryName": "a", "layerDigest": "sha256:aa"], download: "downloadUrl")

    /// The result of the call, and the requests that were sent.
    private func fetch(
        _ url: String, endpoint: String? = nil, answers: [Result<HTTPResponse, TransportError>]
    ) async -> (result: Result<AWSAnswer, AWSError>, requests: [HTTPRequest]) {
        let requests = Mutex<[HTTPRequest]>([])
        let transport = StubTransport { request in
            let number = requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            if number == 1 {
                let body = #"{"downloadUrl": "\#(url)?X-Amz-Signature=\#(Self.signature)", "layerDigest": "sha256:aa"}"#
                return .success(HTTPResponse(status: 200, body: Array(body.utf8)))
            }
            return answers[min(number - 2, answers.count - 1)]
        }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test,
            endpoints: Endpoints(endpoint.map { ["AWS_ENDPOINT_URL": $0] } ?? [:]), transport: transport,
            clock: TestClock().programClock())
        let result: Result<AWSAnswer, AWSError>
        do throws(AWSError) { result = .success(try await client.call(Self.request)) } catch {
            result = .failure(error)
        }
        return (result, requests.withLock { $0 })
    }

    @Test func `the bytes are the payload, and the answer does not have the URL`() async throws {
        let (result, requests) = await fetch(
            "https://layers.example/a", answers: [.success(HTTPResponse(status: 200, body: [1, 2]))])
        let answer = try result.get()
        #expect(answer.payload == [1, 2] && answer.value == ["layerDigest": "sha256:aa"] && answer.calls == 2)
        let sent = try #require(requests.last)
        #expect(sent.method == "GET" && sent.url == "https://layers.example/a?X-Amz-Signature=\(Self.signature)")
        #expect(sent.headers.map(\.name) == ["User-Agent"] && sent.maximumBodySize == 4 << 20)
    }

    @Test func `a failed download is retried while that can help, and quotes nothing of the URL`() async throws {
        let lost = TransportError(.truncated, "ended early")
        let (recovered, requests) = await fetch(
            "https://layers.example/a",
            answers: [
                .failure(lost), .success(HTTPResponse(status: 503)), .success(HTTPResponse(status: 200, body: [1])),
            ])
        #expect(try recovered.get().payload == [1] && requests.count == 4)
        for status in [302, 403, 404] {
            let (result, requests) = await fetch(
                "https://layers.example/a", answers: [.success(HTTPResponse(status: status, body: [1]))])
            guard case .failure(let error) = result else { throw error("HTTP status \(status) was answered") }
            #expect(error.reason == .rejected && requests.count == 2 && error.calls == 2)
            #expect(error.message == "the download failed: HTTP status \(status)")
        }
        let (invalid, _) = await fetch(
            "https://layers.example/a", answers: [.failure(TransportError(.invalid, "bad URL ?\(Self.signature)"))])
        guard case .failure(let problem) = invalid else { throw error("an invalid URL was answered") }
        #expect(problem.message == "the download failed: its URL is invalid")
    }

    @Test(
        arguments: [
            ("http://layers.example/a", nil, false), ("http://127.0.0.1:5000/a", nil, false),
            ("ftp://layers.example/a", nil, false), ("file:///etc/passwd", nil, false), ("", nil, false),
            ("http://127.0.0.1:5000/a", "http://127.0.0.1:4000", true),
            ("http://localhost:5000/a", "http://127.0.0.1:4000", true),
            ("http://layers.example/a", "http://127.0.0.1:4000", false),
            ("http://127.0.0.1:5000/a", "https://ecr.example", false),
            ("https://layers.example/a", "http://127.0.0.1:4000", true),
        ] as [(String, String?, Bool)])
    func `plain HTTP is only for this machine beside an endpoint over plain HTTP`(
        url: String, endpoint: String?, isFetched: Bool
    ) async {
        let (result, requests) = await fetch(
            url, endpoint: endpoint, answers: [.success(HTTPResponse(status: 200, body: [1]))])
        #expect((requests.count == 2) == isFetched)
        if case .failure(let error) = result { #expect(!isFetched && !error.message.contains(Self.signature)) }
    }

    private func error(_ message: String) -> AWSError { AWSError(reason: .invalid, message: message) }
}
