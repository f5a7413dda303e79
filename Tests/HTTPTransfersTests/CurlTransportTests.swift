import Foundation
import HTTPTransfers
import LocalServers
import Synchronization
import Testing

/// Tests the transport with a real server on loopback.
@Suite(.timeLimit(.minutes(10))) struct CurlTransportTests {
    private func failure(
        of request: HTTPRequest, over transport: CurlTransport = CurlTransport()
    ) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch { return error }
    }

    @Test func `a request arrives unchanged, and so does the answer`() async throws {
        let server = LocalServer { _ in .response(418, ["X-One": " two  words "], "short and stout") }
        let response = try await CurlTransport().send(
            HTTPRequest(
                method: "POST", url: "\(server.url)/a/../b//c%20d?x=%2F", headers: [HTTPHeader("X-Three", "four")],
                body: Array("hello".utf8)))
        #expect(response.status == 418)
        #expect(String(decoding: response.body, as: UTF8.self) == "short and stout")
        #expect(response.header("x-one") == "two  words")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/a/../b//c%20d?x=%2F")
        #expect(request.header("X-Three") == "four")
        #expect(request.header("Expect") == nil)
        #expect(request.header("Accept-Encoding") == nil)
        #expect(request.body == "hello")
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE"])
    func `every method is sent`(_ method: String) async throws {
        let server = LocalServer { .response(200, [:], $0.method == "HEAD" ? "" : "x") }
        let body = method == "PUT" ? Array("content".utf8) : []
        let response = try await CurlTransport().send(HTTPRequest(method: method, url: server.url, body: body))
        #expect(response.status == 200)
        #expect(server.requests.map(\.method) == [method])
        #expect(server.requests[0].body == String(decoding: body, as: UTF8.self))
    }

    @Test func `a connection is reused`() async throws {
        let server = LocalServer { _ in .response(200, [:], "x") }
        let transport = CurlTransport()
        for _ in 0..<5 { _ = try await transport.send(HTTPRequest(url: server.url)) }
        #expect(Set(server.requests.map(\.connection)) == [1])
    }

    @Test func `a hundred concurrent requests each get their own answer`() async throws {
        let server = LocalServer { .response(200, [:], "answer to \($0.path)") }
        let transport = CurlTransport()
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<100 {
                group.addTask {
                    let response = try await transport.send(HTTPRequest(url: "\(server.url)/\(number)"))
                    return (number, String(decoding: response.body, as: UTF8.self))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 100)
        #expect(answers.allSatisfy { $0.value == "answer to /\($0.key)" })
    }

    @Test func `requests run concurrently, up to the limit`() async throws {
        let running = Mutex((now: 0, most: 0))
        let server = LocalServer { request in
            if request.path == "/first" { return .response(200, [:], "x") }
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            // The first three requests wait for each other, so they overlap on a slow machine too.
            while running.withLock({ $0.most < 3 }) { usleep(1000) }
            running.withLock { $0.now -= 1 }
            return .response(200, [:], "x")
        }
        var configuration = CurlTransport.Configuration()
        configuration.maximumTransfers = 3
        let transport = CurlTransport(configuration)
        // libcurl holds requests back until a first answer shows whether the server takes several on one connection.
        _ = try await transport.send(HTTPRequest(url: "\(server.url)/first"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<9 { group.addTask { _ = try await transport.send(HTTPRequest(url: server.url)) } }
            try await group.waitForAll()
        }
        #expect(running.withLock { $0.most } == 3)
    }

    @Test func `a cancelled request ends at once and closes its connection`() async throws {
        let server = LocalServer { _ in .silence }
        let transport = CurlTransport()
        let task = Task { await failure(of: HTTPRequest(url: server.url), over: transport) }
        try await server.waitForRequests(1)
        task.cancel()
        // Without the cancellation the transfer would end as a timeout, because the server never answers.
        #expect(await task.value?.reason == .cancelled)
        try await server.waitForDisconnects(1)
    }

    @Test func `a request that is cancelled before it starts is never sent`() async throws {
        let server = LocalServer { _ in .response(200, [:], "x") }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure(of: HTTPRequest(url: server.url), over: CurlTransport())
        }
        #expect(await task.value?.reason == .cancelled)
        #expect(server.requests.isEmpty)
    }

    @Test func `cancelling one request does not affect the others`() async throws {
        let server = LocalServer { $0.path == "/silent" ? .silence : .response(200, [:], "x") }
        let transport = CurlTransport()
        let silent = Task { await failure(of: HTTPRequest(url: "\(server.url)/silent"), over: transport) }
        try await server.waitForRequests(1)
        async let other = transport.send(HTTPRequest(url: server.url))
        silent.cancel()
        #expect(try await other.status == 200)
        #expect(await silent.value?.reason == .cancelled)
    }

    @Test func `an answer beyond the size limit is an error, and no more of it is read`() async throws {
        let server = LocalServer { _ in .flood(1 << 30) }
        var configuration = CurlTransport.Configuration()
        configuration.maximumBodySize = 1 << 20
        let failure = await failure(of: HTTPRequest(url: server.url), over: CurlTransport(configuration))
        #expect(failure == TransportError(.tooLarge, "the answer is larger than 1048576 bytes"))
        try await server.waitForDisconnects(1)
    }

    @Test func `a request may have a lower size limit than its transport`() async {
        let server = LocalServer { _ in .flood(1 << 20) }
        let request = HTTPRequest(url: server.url, maximumBodySize: 1000)
        #expect(await failure(of: request) == TransportError(.tooLarge, "the answer is larger than 1000 bytes"))
    }

    @Test(arguments: [(60_000, 20), (150_000, 1), (1_000_000, 1)])
    func `headers beyond the limit are an error that names them`(_ length: Int, _ count: Int) async {
        let line = "X: \(String(repeating: "y", count: length))\r\n"
        let server = LocalServer { _ in .raw("HTTP/1.1 200 X\r\n" + String(repeating: line, count: count) + "\r\n") }
        let failure = await failure(of: HTTPRequest(url: server.url))
        #expect(failure?.reason == .tooLarge)
        #expect(failure?.message.contains("headers are larger than") == true, "\(failure?.message ?? "")")
    }

    @Test func `a header's value is trimmed, and headers of one name are joined to a list`()
        async throws
    {
        let lines = [
            "Content-Disposition:\t attachment; filename=\"a  b.zip\" \t", "X-Amz-Meta-Name: a",
            "Cache-Control: no-cache",
            "x-amz-meta-name: b", "cache-control:no-store", "X-Empty:",
        ]
        let head = lines.map { "\($0)\r\n" }.joined()
        let server = LocalServer { _ in .raw("HTTP/1.1 200 X\r\nContent-Length: 0\r\n\(head)\r\n") }
        let response = try await CurlTransport().send(HTTPRequest(url: server.url))
        #expect(response.header("content-disposition") == "attachment; filename=\"a  b.zip\"")
        #expect(response.header("Cache-Control") == "no-cache, no-store")
        #expect(response.header("x-amz-meta-name") == "a, b")
        #expect(response.header("x-empty") == "")
        #expect(response.headers.count { $0.name.lowercased() == "x-amz-meta-name" } == 1)
    }

    @Test func `a server that never answers times out`() async {
        let server = LocalServer { _ in .silence }
        let failure = await failure(of: HTTPRequest(url: server.url, timeout: .milliseconds(50)))
        #expect(failure?.reason == .timeout)
    }

    @Test func `an answer that stalls in the middle times out`() async {
        let server = LocalServer { _ in .stall("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf") }
        let failure = await failure(of: HTTPRequest(url: server.url, timeout: .milliseconds(50)))
        #expect(failure?.reason == .timeout)
    }

    @Test func `a stalled connection times out before the total timeout`() async {
        let server = LocalServer { _ in .silence }
        var configuration = CurlTransport.Configuration()
        configuration.stallTimeout = .seconds(1)
        let request = HTTPRequest(url: server.url, timeout: .seconds(3600))
        #expect(await failure(of: request, over: CurlTransport(configuration))?.reason == .timeout)
    }

    @Test func `a refused connection is a connection error`() async {
        let port = ClosedPort()
        #expect(await failure(of: HTTPRequest(url: port.url))?.reason == .connection)
    }

    @Test func `a connection that closes before the promised length is a truncated answer`() async {
        let server = LocalServer { _ in .raw("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf") }
        #expect(await failure(of: HTTPRequest(url: server.url))?.reason == .truncated)
    }

    @Test func `a connection that closes without an answer is a truncated answer`() async {
        let server = LocalServer { _ in .raw("") }
        #expect(await failure(of: HTTPRequest(url: server.url))?.reason == .truncated)
    }

    @Test func `a protocol other than HTTP is an error`() async {
        let server = LocalServer { _ in .raw("220 smtp.example.com ESMTP\r\n") }
        #expect(await failure(of: HTTPRequest(url: server.url)) != nil)
    }

    @Test func `a redirect is returned, not followed`() async throws {
        let server = LocalServer { _ in .response(302, ["Location": "/elsewhere"], "") }
        #expect(try await CurlTransport().send(HTTPRequest(url: server.url)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test func `compressed content is not decoded`() async throws {
        let server = LocalServer { _ in .response(200, ["Content-Encoding": "gzip"], "not unpacked") }
        let response = try await CurlTransport().send(HTTPRequest(url: server.url))
        #expect(String(decoding: response.body, as: UTF8.self) == "not unpacked")
    }

    @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "http://", "nonsense"])
    func `only http and https are supported`(_ url: String) async {
        #expect(await failure(of: HTTPRequest(url: url)) != nil)
    }

    @Test func `a header cannot inject another`() async {
        let server = LocalServer { _ in .response(200, [:], "x") }
        for header in [HTTPHeader("X", "y\r\nZ: z"), HTTPHeader("X\nZ", "y"), HTTPHeader("X", "y\0z")] {
            #expect(await failure(of: HTTPRequest(url: server.url, headers: [header]))?.reason == .invalid)
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `each transport has its own thread, which ends with it`() async throws {
        let server = LocalServer { _ in .response(200, [:], "x") }
        for _ in 0..<20 {
            let response = try await CurlTransport().send(HTTPRequest(url: server.url))
            #expect(response.status == 200)
        }
        try await server.waitForDisconnects(20)
    }
}
