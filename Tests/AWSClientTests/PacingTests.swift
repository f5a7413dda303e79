import Locking
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct PacingTests {
    // MARK: Spacing

    @Test func `calls are not spaced until one is throttled`() {
        var spacing = CallSpacing()
        spacing.recordSuccess()
        #expect((0..<100).map { _ in spacing.wait(at: .seconds(1)) } == Array(repeating: .zero, count: 100))
    }

    @Test func `after a throttled call each call waits for the one before`() {
        var spacing = CallSpacing()
        spacing.recordThrottle(began: .seconds(1), now: .seconds(1))
        #expect((0..<3).map { _ in spacing.wait(at: .seconds(1)) } == [100, 200, 300].map { .milliseconds($0) })
        #expect(spacing.wait(at: .seconds(9)) == .zero)
        #expect(spacing.wait(at: .seconds(9)) == .milliseconds(100))
    }

    @Test func `each call that is throttled doubles the interval, up to a bound`() {
        var spacing = CallSpacing()
        var intervals: [Duration] = []
        for second in 1...7 {
            spacing.recordThrottle(began: .seconds(second), now: .seconds(second))
            intervals.append(spacing.interval)
        }
        #expect(intervals == [100, 200, 400, 800, 1600, 2000, 2000].map { .milliseconds($0) })
    }

    @Test func `concurrent throttled calls increase the interval once`() {
        var spacing = CallSpacing()
        for _ in 0..<10 { spacing.recordThrottle(began: .seconds(1), now: .seconds(2)) }
        #expect(spacing.interval == .milliseconds(100))
    }

    @Test func `successful calls reduce the interval to zero`() {
        var spacing = CallSpacing()
        for second in 1...6 { spacing.recordThrottle(began: .seconds(second), now: .seconds(second)) }
        var successes = 0
        while spacing.interval > .zero, successes < 1000 {
            spacing.recordSuccess()
            successes += 1
        }
        #expect(successes == 44)
        #expect(spacing.wait(at: .seconds(7)) <= .seconds(2))
        #expect(spacing.wait(at: .seconds(60)) == .zero)
    }

    // MARK: Calls

    private static func answer(_ body: String, _ status: Int = 200) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    @Test func `only the throttled service is spaced, and only in its region`() async throws {
        let clock = TestClock()
        let isFirst = Locked(true)
        let client = AWSClient.stub(clock: clock.programClock(random: 0)) { request in
            let isThrottled = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if isThrottled { return Self.answer(Answers.error("Throttling"), 400) }
            return request.url.contains("ec2")
                ? Self.answer(Answers.ec2("DescribeSubnets", "")) : Self.answer(Answers.identity)
        }
        _ = try await client.call(.whoAmI)
        // The retry's delay, which the random number makes zero, then the interval.
        #expect(clock.sleeps == [.zero, .milliseconds(100)])
        _ = try await client.call(.whoAmI)
        #expect(clock.sleeps.count == 3)
        _ = try await client.call(.subnets)
        _ = try await client.call(
            AWSRequest(service: "sts", operation: "GetCallerIdentity", region: "us-west-2"))
        #expect(clock.sleeps.count == 3)
    }

    @Test(arguments: [1, 3, 10])
    func `calls to a service in a region run concurrently, up to the limit`(_ limit: Int) async throws {
        let counts = Locked((running: 0, most: 0))
        let transport = StubTransport { _ in
            counts.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            // The first calls wait for each other, so they overlap on a slow machine too.
            while counts.withLock({ $0.most < limit }) { try? await Task.sleep(for: .milliseconds(1)) }
            counts.withLock { $0.running -= 1 }
            return Self.answer(Answers.identity)
        }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport, maximumConcurrentCalls: limit,
            clock: TestClock().programClock())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await client.call(.whoAmI) } }
            try await group.waitForAll()
        }
        #expect(counts.withLock { $0.most } == limit)
        #expect(counts.withLock { $0.running } == 0)
    }

    @Test func `a waiting call can be cancelled and does not take a slot`() async throws {
        let (calls, isFinished) = (Locked(0), Locked(false))
        let transport = StubTransport { _ in
            calls.withLock { $0 += 1 }
            while !isFinished.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
            return Self.answer(Answers.identity)
        }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport, maximumConcurrentCalls: 1,
            clock: TestClock().programClock())
        let first = Task { await client.failure(.whoAmI) }
        while calls.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let waitingCall = Task { await client.failure(.whoAmI) }
        waitingCall.cancel()
        #expect(await waitingCall.value?.reason == .cancelled)
        isFinished.withLock { $0 = true }
        #expect(await first.value == nil)
        #expect(await client.failure(.whoAmI) == nil)
        #expect(calls.withLock { $0 } == 2)
    }

    @Test func `time spent waiting in the limiter does not count towards the deadline`() async throws {
        let clock = TestClock()
        let timeouts = Locked<[Duration]>([])
        let client = AWSClient.stub(clock: clock.programClock(random: 0)) { request in
            let count = timeouts.withLock {
                $0.append(request.timeout)
                return $0.count
            }
            return count < 3 ? Self.answer(Answers.error("Throttling"), 400) : Self.answer(Answers.identity)
        }
        _ = try await client.call(.whoAmI)
        #expect(timeouts.withLock { $0 } == [.seconds(60), .seconds(60), .seconds(60)])
    }
}
