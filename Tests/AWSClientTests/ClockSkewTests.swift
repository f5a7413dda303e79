import Locking
import Logging
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct ClockSkewTests {
    /// The machine's clock says 20:40:43; so many seconds later it is for AWS, which takes a signature if that is right.
    private func client(
        awsIsAhead seconds: Int64, code: String = "SignatureDoesNotMatch", tells date: Bool = true
    ) -> (client: AWSClient, sent: @Sendable () -> Int, log: LogRecorder) {
        let count = Locked(0)
        let now = UTCTime(milliseconds: 1_795_466_443_000 + seconds * 1000)
        let transport = StubTransport { request in
            count.withLock { $0 += 1 }
            let signed = request.headers.first { $0.name == "X-Amz-Date" }?.value
            let headers = date ? [HTTPHeader("Date", now.internetDate)] : []
            let isRight = signed == now.basic
            let body = isRight ? Answers.identity : Answers.error(code)
            return .success(HTTPResponse(status: isRight ? 200 : 403, headers: headers, body: Array(body.utf8)))
        }
        let log = LogRecorder()
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport,
            clock: TestClock().clientClock(), logger: Logger(label: "test") { _ in log })
        return (client, { count.withLock { $0 } }, log)
    }

    @Test(arguments: [
        (-3600, "3600 seconds ahead of"), (-240, "240 seconds ahead of"), (240, "240 seconds behind"),
        (86_400, "86400 seconds behind"),
    ])
    func `a wrong clock is corrected by AWS's, and that is said once`(_ seconds: Int64, _ words: String) async throws {
        let (client, sent, log) = client(awsIsAhead: seconds)
        #expect(try await client.call(.whoAmI).calls == 2)
        #expect(try await client.call(.whoAmI).calls == 1)
        #expect(sent() == 3)
        #expect(
            log.lines.filter { $0.hasPrefix("warning") } == [
                "warning this machine's clock is \(words) AWS's: requests are signed by AWS's "
            ])
    }

    @Test(arguments: [
        "SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidSignatureException", "RequestExpired", "AuthFailure",
        "RequestInTheFuture",
    ])
    func `every code of a refused time is known`(_ code: String) async throws {
        #expect(try await client(awsIsAhead: 900, code: code).client.call(.whoAmI).calls == 2)
    }

    @Test func `calls side by side correct the clock together`() async throws {
        let (client, sent, log) = client(awsIsAhead: 900)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await client.call(.whoAmI) } }
            try await group.waitForAll()
        }
        #expect(sent() <= 20)
        #expect(log.lines.count { $0.hasPrefix("warning") } == 1)
    }

    @Test(arguments: [(60, "SignatureDoesNotMatch", true), (900, "AccessDenied", true), (900, "AuthFailure", false)])
    func `where the clock is right, or unknown, the answer stays`(
        _ seconds: Int64, _ code: String, _ date: Bool
    ) async {
        let (client, sent, log) = client(awsIsAhead: seconds, code: code, tells: date)
        #expect(await client.failure(.whoAmI)?.code == code)
        #expect(sent() == 1)
        #expect(!log.lines.contains { $0.hasPrefix("warning") })
    }

    @Test func `a server whose clock runs away is followed once`() async {
        let hours = Locked<Int64>(0)
        let client = AWSClient.stub { _ in
            let date = hours.withLock {
                $0 += 1
                return UTCTime(milliseconds: 1_795_466_443_000 + $0 * 3_600_000).internetDate
            }
            return .success(
                HTTPResponse(
                    status: 403, headers: [HTTPHeader("Date", date)],
                    body: Array(Answers.error("SignatureDoesNotMatch").utf8)))
        }
        #expect(await client.failure(.whoAmI)?.kind == .credentials)
        #expect(hours.withLock { $0 } == 2)
    }
}
