import Locking
import Logging
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct ClockSkewTests {
    /// A client on a machine whose clock shows 20:40:43, and an AWS whose clock is ahead of it. AWS accepts a signature
    /// only with its own time.
    private func client(
        awsIsAhead seconds: Int64, code: String = "SignatureDoesNotMatch", sendsDate: Bool = true
    ) -> (client: AWSClient, sent: @Sendable () -> Int, log: LogRecorder) {
        let count = Locked(0)
        let now = UTCTime(milliseconds: 1_795_466_443_000 + seconds * 1000)
        let transport = StubTransport { request in
            count.withLock { $0 += 1 }
            let signed = request.headers.first { $0.name == "X-Amz-Date" }?.value
            let headers = sendsDate ? [HTTPHeader("Date", now.internetDate)] : []
            let isRight = signed == now.basic
            let body = isRight ? Answers.identity : Answers.error(code)
            return .success(HTTPResponse(status: isRight ? 200 : 403, headers: headers, body: Array(body.utf8)))
        }
        let log = LogRecorder()
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport,
            clock: TestClock().programClock(), logger: Logger(label: "test") { _ in log })
        return (client, { count.withLock { $0 } }, log)
    }

    @Test(arguments: [
        (-3600, "3600 seconds ahead of"), (-240, "240 seconds ahead of"), (240, "240 seconds behind"),
        (86_400, "86400 seconds behind"),
    ])
    func `a wrong clock is corrected with AWS's time and logged once`(_ seconds: Int64, _ words: String) async throws {
        let (client, sent, log) = client(awsIsAhead: seconds)
        #expect(try await client.call(.whoAmI).calls == 2)
        #expect(try await client.call(.whoAmI).calls == 1)
        #expect(sent() == 3)
        #expect(
            log.lines.filter { $0.hasPrefix("warning") } == [
                "warning this machine's clock is \(words) AWS's: requests are signed with AWS's time "
            ])
    }

    @Test(arguments: [
        "SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidSignatureException", "RequestExpired", "AuthFailure",
        "RequestInTheFuture",
    ])
    func `every code of a refused time leads to a correction`(_ code: String) async throws {
        #expect(try await client(awsIsAhead: 900, code: code).client.call(.whoAmI).calls == 2)
    }

    @Test func `concurrent calls correct the clock once`() async throws {
        let (client, sent, log) = client(awsIsAhead: 900)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = try await client.call(.whoAmI) } }
            try await group.waitForAll()
        }
        #expect(sent() <= 20)
        #expect(log.lines.count { $0.hasPrefix("warning") } == 1)
    }

    @Test(arguments: [(60, "SignatureDoesNotMatch", true), (900, "AccessDenied", true), (900, "AuthFailure", false)])
    func `the error is final if the clock is right or AWS's time is unknown`(
        _ seconds: Int64, _ code: String, _ date: Bool
    ) async {
        let (client, sent, log) = client(awsIsAhead: seconds, code: code, sendsDate: date)
        #expect(await client.failure(.whoAmI)?.code == code)
        #expect(sent() == 1)
        #expect(!log.lines.contains { $0.hasPrefix("warning") })
    }

    @Test func `the clock is corrected at most once per call`() async {
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
        #expect(await client.failure(.whoAmI)?.reason == .credentials)
        #expect(hours.withLock { $0 } == 2)
    }
}
