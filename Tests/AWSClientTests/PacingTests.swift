import Locking
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct PacingTests {
    // MARK: Distance

    @Test func `calls begin at once until one is throttled`() {
        var pace = CallPace()
        pace.noteSuccess()
        #expect((0..<100).map { _ in pace.wait(at: .seconds(1)) } == Array(repeating: .zero, count: 100))
    }

    @Test func `after a throttled call each waits for the one before`() {
        var pace = CallPace()
        pace.noteThrottled(began: .seconds(1), now: .seconds(1))
        #expect((0..<3).map { _ in pace.wait(at: .seconds(1)) } == [100, 200, 300].map { .milliseconds($0) })
        #expect(pace.wait(at: .seconds(9)) == .zero)
        #expect(pace.wait(at: .seconds(9)) == .milliseconds(100))
    }

    @Test func `each call that is throttled doubles the distance, up to a bound`() {
        var pace = CallPace()
        var distances: [Duration] = []
        for second in 1...7 {
            pace.noteThrottled(began: .seconds(second), now: .seconds(second))
            distances.append(pace.distance)
        }
        #expect(distances == [100, 200, 400, 800, 1600, 2000, 2000].map { .milliseconds($0) })
    }

    @Test func `calls that were under way when the distance grew do not make it grow again`() {
        var pace = CallPace()
        for _ in 0..<10 { pace.noteThrottled(began: .seconds(1), now: .seconds(2)) }
        #expect(pace.distance == .milliseconds(100))
    }

    @Test func `calls that succeed take the distance away again`() {
        var pace = CallPace()
        for second in 1...6 { pace.noteThrottled(began: .seconds(second), now: .seconds(second)) }
        var successes = 0
        while pace.distance > .zero, successes < 1000 {
            pace.noteSuccess()
            successes += 1
        }
        #expect(successes == 44)
        #expect(pace.wait(at: .seconds(7)) <= .seconds(2))
        #expect(pace.wait(at: .seconds(60)) == .zero)
    }

    // MARK: Calls

    private static func answer(_ body: String, _ status: Int = 200) -> Result<HTTPResponse, TransportError> {
        .success(HTTPResponse(status: status, body: Array(body.utf8)))
    }

    @Test func `a throttled service is spaced in its region, and no other`() async throws {
        let clock = TestClock()
        let isFirst = Locked(true)
        let client = AWSClient.stub(clock: clock.clientClock(random: 0)) { request in
            let isThrottled = isFirst.withLock { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if isThrottled { return Self.answer(Answers.error("Throttling"), 400) }
            return request.url.contains("ec2")
                ? Self.answer(Answers.ec2("DescribeSubnets", "")) : Self.answer(Answers.identity)
        }
        _ = try await client.call(.whoAmI)
        // The wait of the retry, which chance made none, and the distance to the call before.
        #expect(clock.sleeps == [.zero, .milliseconds(100)])
        _ = try await client.call(.whoAmI)
        #expect(clock.sleeps.count == 3)
        _ = try await client.call(.subnets)
        _ = try await client.call(
            AWSRequest(service: "sts", operation: "GetCallerIdentity", region: "us-west-2"))
        #expect(clock.sleeps.count == 3)
    }

    @Test(arguments: [1, 3, 10])
    func `so many calls to a service in a region run side by side`(_ limit: Int) async throws {
        let counts = Locked((running: 0, most: 0))
        let transport = StubTransport { _ in
            counts.withLock {
                $0.running += 1
                $0.most = max($0.most, $0.running)
            }
            // The first wait for each other: however slow the machine is, they overlap.
            while counts.withLock({ $0.most < limit }) { try? await Task.sleep(for: .milliseconds(1)) }
            counts.withLock { $0.running -= 1 }
            return Self.answer(Answers.identity)
        }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport, callsSideBySide: limit,
            clock: TestClock().clientClock())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { _ = try await client.call(.whoAmI) } }
            try await group.waitForAll()
        }
        #expect(counts.withLock { $0.most } == limit)
        #expect(counts.withLock { $0.running } == 0)
    }

    @Test func `a call that waits for its turn can be cancelled, and takes no one's place`() async throws {
        let (began, isOver) = (Locked(0), Locked(false))
        let transport = StubTransport { _ in
            began.withLock { $0 += 1 }
            while !isOver.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
            return Self.answer(Answers.identity)
        }
        let client = AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: transport, callsSideBySide: 1,
            clock: TestClock().clientClock())
        let first = Task { await client.failure(.whoAmI) }
        while began.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let waiting = Task { await client.failure(.whoAmI) }
        waiting.cancel()
        #expect(await waiting.value?.kind == .cancelled)
        isOver.withLock { $0 = true }
        #expect(await first.value == nil)
        #expect(await client.failure(.whoAmI) == nil)
        #expect(began.withLock { $0 } == 2)
    }

    @Test func `the time in the queue is not the call's own`() async throws {
        let clock = TestClock()
        let timeouts = Locked<[Duration]>([])
        let client = AWSClient.stub(clock: clock.clientClock(random: 0)) { request in
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
