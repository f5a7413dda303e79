import CivilTime
import LocalServers
import Synchronization
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct RetryTests {
    /// A client whose attempts have these results, the last one repeated.
    private func client(
        _ results: [Result<HTTPResponse, TransportError>], clock: ProgramClock
    ) -> (client: AWSClient, attempts: @Sendable () -> Int) {
        let attempts = Counter()
        let client = AWSClient.stub(clock: clock) { _ in results[min(attempts.next(), results.count) - 1] }
        return (client, { attempts.value })
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private static func response(
        _ status: Int, _ body: String, _ headers: [HTTPHeader] = []
    ) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    private static let success = response(200, Answers.identity)

    @Test(arguments: [
        response(400, Answers.error("Throttling")), response(503, Answers.error("ServiceUnavailable")),
        response(500, ""), .failure(TransportError(.connection, "refused")),
        .failure(TransportError(.timeout, "too slow")), .failure(TransportError(.truncated, "cut")),
    ])
    func `a transient failure is retried`(_ result: Result<HTTPResponse, TransportError>) async throws {
        let clock = TestClock()
        let (client, _) = client([result, result, Self.success], clock: clock.programClock())
        let answer = try await client.call(.whoAmI)
        #expect(answer.calls == 3)
        #expect(answer.pages == 1)
        #expect(clock.sleeps.filter { $0 >= .milliseconds(50) }.count >= 2)
    }

    @Test(arguments: [
        response(403, Answers.error("AccessDenied")), response(403, Answers.error("ExpiredToken")),
        response(404, Answers.error("NoSuchEntity")), response(404, ""), response(301, ""), response(200, "<a/>"),
        .failure(TransportError(.certificate(.expired), "expired")), .failure(TransportError(.tooLarge, "too large")),
        .failure(TransportError(.cancelled, "cancelled")),
    ])
    func `a permanent failure is not retried`(
        _ result: Result<HTTPResponse, TransportError>
    ) async {
        let clock = TestClock()
        let (client, attempts) = client([result], clock: clock.programClock())
        #expect(await client.failure(.whoAmI) != nil)
        #expect(attempts() == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `a call has at most three attempts`() async {
        let (client, attempts) = client(
            [Self.response(400, Answers.error("Throttling"))], clock: TestClock().programClock())
        let error = await client.failure(.whoAmI)
        #expect(error?.reason == .throttled)
        #expect(error?.calls == 3)
        #expect(attempts() == 3)
    }

    @Test(arguments: [(0.0, [0, 0]), (0.5, [500, 1000]), (1.0, [1000, 2000])])
    func `a wait is a random part of a bound that doubles`(_ random: Double, _ milliseconds: [Int]) async {
        let clock = TestClock()
        let (client, _) = client([Self.response(500, "")], clock: clock.programClock(random: random))
        _ = await client.failure(.whoAmI)
        #expect(clock.sleeps == milliseconds.map { .milliseconds($0) })
    }

    @Test func `a wait is at most the cap`() {
        let policy = RetryPolicy()
        #expect(policy.delay(after: 5, random: 1, minimum: nil) == .seconds(16))
        #expect(policy.delay(after: 6, random: 1, minimum: nil) == .seconds(20))
        #expect(policy.delay(after: 1_000_000, random: 1, minimum: nil) == .seconds(20))
    }

    @Test(arguments: ["7", "Mon, 23 Nov 2026 20:40:50 GMT"])
    func `Retry-After extends the wait`(_ wait: String) async throws {
        let clock = TestClock()
        let busy = Self.response(503, "", [HTTPHeader("retry-after", wait)])
        let (client, _) = client([busy, Self.success], clock: clock.programClock())
        _ = try await client.call(.whoAmI)
        #expect(clock.sleeps == [.seconds(7)])
    }

    @Test(arguments: ["soon", "-5", "Mon, 23 Nov 2020 20:40:50 GMT", ""])
    func `an invalid Retry-After is ignored`(_ wait: String) async throws {
        let clock = TestClock()
        let busy = Self.response(503, "", [HTTPHeader("Retry-After", wait)])
        let (client, _) = client([busy, Self.success], clock: clock.programClock())
        _ = try await client.call(.whoAmI)
        #expect(clock.sleeps == [.milliseconds(500)])
    }

    @Test func `a wait beyond the deadline fails the call at once`() async {
        let clock = TestClock()
        let busy = Self.response(503, "", [HTTPHeader("Retry-After", "60")])
        let (client, attempts) = client([busy], clock: clock.programClock())
        #expect(await client.failure(.whoAmI)?.reason == .unavailable)
        #expect(attempts() == 1)
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `an attempt's timeout is the time left until the deadline`() async {
        let clock = TestClock()
        let timeouts = Mutex<[Duration]>([])
        let client = AWSClient.stub(clock: clock.programClock()) { request in
            timeouts.withLock { $0.append(request.timeout) }
            return Self.response(503, "", [HTTPHeader("Retry-After", "25")])
        }
        _ = await client.failure(.whoAmI)
        #expect(timeouts.withLock { $0 } == [.seconds(60), .seconds(35), .seconds(10)])
    }

    @Test func `each attempt has its own signature`() async throws {
        let seconds = Mutex<Int64>(0)
        var clock = TestClock().programClock()
        clock.millisecondsSince1970 = {
            seconds.withLock {
                $0 += 1
                return $0 * 1000
            }
        }
        let dates = Mutex<[String]>([])
        let client = AWSClient.stub(clock: clock) { request in
            let date = request.headers.first { $0.name == "X-Amz-Date" }?.value ?? ""
            dates.withLock { $0.append(date) }
            return Self.response(500, "")
        }
        _ = await client.failure(.whoAmI)
        #expect(Set(dates.withLock { $0 }).count == 3)
    }

    @Test func `a call that is cancelled between attempts makes no further attempt`() async {
        let attempts = Counter()
        let client = AWSClient.stub { _ in
            _ = attempts.next()
            withUnsafeCurrentTask { $0?.cancel() }
            return Self.response(500, "")
        }
        let task = Task { await client.failure(.whoAmI) }
        #expect(await task.value?.reason == .cancelled)
        #expect(attempts.value == 1)
    }

    @Test func `a refused connection is unavailable after three real attempts`() async {
        let port = ClosedPort()
        let clock = TestClock()
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test,
            endpoints: Endpoints(["AWS_ENDPOINT_URL": port.url]), transport: CurlTransport(),
            clock: clock.programClock())
        #expect(await client.failure(.whoAmI)?.reason == .unavailable)
        #expect(clock.sleeps.count == 2)
    }

    @Test func `the error of timed-out attempts has their number and total time`() async {
        let clock = TestClock()
        var clientClock = clock.programClock()
        let elapsed = Mutex<Duration>(.zero)
        clientClock.elapsed = { clock.sleeps.reduce(.zero, +) + elapsed.withLock { $0 } }
        let client = AWSClient.stub(clock: clientClock) { request in
            elapsed.withLock { $0 += min(.seconds(30), request.timeout) }
            return .failure(TransportError(.timeout, "Operation timed out after 22900 milliseconds"))
        }
        let failure = await client.failure(.whoAmI)
        #expect(failure?.message == "timed out: no whole answer in 60 s and 2 attempts")
        #expect(failure?.calls == 2)
    }

    @Test func `waits of half their bounds outlast a throttle of one second`() async throws {
        let clock = TestClock()
        let client = AWSClient.stub(clock: clock.programClock(random: 0.5)) { _ in
            clock.sleeps.reduce(.zero, +) < .seconds(1)
                ? Self.response(400, Answers.error("Throttling")) : Self.success
        }
        #expect(try await client.call(.whoAmI).calls == 3)
    }

    @Test(arguments: ["AWS_MAX_ATTEMPTS", "max_attempts"])
    func `the settings determine the number of attempts`(_ name: String) async throws {
        let isVariable = name == "AWS_MAX_ATTEMPTS"
        let settings = try AWSSettings.test(
            config: isVariable ? "[default]\nmax_attempts = 9\n" : "[default]\nmax_attempts = 5\n",
            ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hush"].merging(isVariable ? [name: "5"] : [:]) {
                $1
            })
        let transport = StubTransport { _ in Self.response(400, Answers.error("Throttling")) }
        let client = AWSClient(
            settings, region: "eu-central-1", transport: transport, clock: TestClock().programClock(random: 0))
        #expect(await client.failure(.whoAmI)?.calls == 5)
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"])
    func `a stalled server fails the call at the deadline`(_ bytes: String) async {
        let server = LocalServer { _ in .stall(bytes) }
        var retries = RetryPolicy()
        retries.deadline = .milliseconds(400)
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test,
            endpoints: Endpoints(["AWS_ENDPOINT_URL": server.url]), transport: CurlTransport(), retries: retries)
        // Without the deadline the call would take three stall timeouts, 90 seconds.
        let failure = await client.failure(.whoAmI)
        #expect(failure?.reason == .unavailable)
        #expect(failure?.message.hasPrefix("timed out: no whole answer in ") == true)
    }

    @Test(arguments: [false, true])
    func `only a request that may be sent again is, when a connection that was used before ends`(_ isSentOnce: Bool)
        async throws
    {
        let server = LocalServer { $0.path == "/lost" ? .raw("") : .response(200, [:], "x") }
        let transport = CurlTransport()
        _ = try await transport.send(HTTPRequest(url: "\(server.url)/first"))
        let request = HTTPRequest(method: "PUT", url: "\(server.url)/lost", isSentOnce: isSentOnce)
        let failure = await #expect(throws: TransportError.self) { try await transport.send(request) }
        #expect(failure?.reason == .truncated)
        #expect(server.requests.count { $0.path == "/lost" } == (isSentOnce ? 1 : 2))
    }
}
