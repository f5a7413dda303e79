import Logging
import StrictJSON

/// One page: the HTTP calls that it takes until it is there or has failed for good.
struct Exchange {
    private let client: AWSClient
    private let call: WireCall
    private let request: WireRequest
    private let page: Int
    /// Where the next call goes.
    private var endpoint: Endpoint
    private var region: String
    private var isRedirected = false
    private var isClockCorrected = false

    init(_ client: AWSClient, _ call: WireCall, region: String, page: Int) throws(AWSError) {
        self.client = client
        self.call = call
        self.page = page
        self.region = call.bucket.flatMap { client.memory.region(ofBucket: $0) } ?? region
        endpoint = try client.endpoints.endpoint(of: call, region: self.region)
        request = try call.wireProtocol().request(for: call)
    }

    /// - Parameter calls: Counts each call.
    mutating func run(counting calls: inout Int) async throws(AWSError) -> Attempt.Page {
        var deadline = client.clock.elapsed() + client.retries.deadline
        var attempts = 0
        var failures = 0
        while true {
            attempts += 1
            calls += 1
            do throws(FailedAttempt) {
                return try await attempt(attempts, before: &deadline)
            } catch {
                if follow(error.bucketRegion) || correctClock(by: error.clockError) { continue }
                failures += 1
                guard let pause = pause(after: error, failures, before: deadline) else { throw error.error }
                try await sleep(pause)
            }
        }
    }

    /// - Parameter deadline: Put off by the time for which the call has to wait for its turn.
    private func attempt(_ number: Int, before deadline: inout Duration) async throws(FailedAttempt) -> Attempt.Page {
        let attempt = Attempt(
            client: client, call: call, request: request, endpoint: endpoint, page: page, number: number)
        let asked = client.clock.elapsed()
        return try await client.memory.gate(call.service.name, region).pass(
            client.clock, cancelled: FailedAttempt(.whileWaiting), isThrottled: { $0.error.kind == .throttled }
        ) { () throws(FailedAttempt) in
            deadline += client.clock.elapsed() - asked
            return try await attempt.run(timeout: deadline - client.clock.elapsed())
        }
    }

    /// Turns to the region in which the bucket lies, if that is another one than was asked: once, as boto3 does.
    private mutating func follow(_ named: String?) -> Bool {
        guard let named, named != region, !isRedirected, let bucket = call.bucket,
            // No partition sends its callers to another one.
            Partition(region: named) == Partition(region: region),
            // What is no region leads nowhere: the answer stays the error that it is.
            let endpoint = try? client.endpoints.endpoint(of: call, region: named)
        else { return false }
        self.endpoint = endpoint
        region = named
        isRedirected = true
        client.memory.note(region: named, ofBucket: bucket)
        return true
    }

    /// Signs by AWS's clock from now on, if the request may have been refused because of this machine's: once.
    private mutating func correctClock(by error: Duration?) -> Bool {
        guard let error, !isClockCorrected else { return false }
        isClockCorrected = true
        if client.memory.note(clockError: error) {
            let direction = error > .zero ? "behind" : "ahead of"
            client.logger.warning(
                "this machine's clock is \(abs(error.components.seconds)) seconds \(direction) AWS's: requests are signed by AWS's"
            )
        }
        return true
    }

    /// How long to wait before another attempt; nil where there shall be none.
    private func pause(after failure: FailedAttempt, _ failures: Int, before deadline: Duration) -> Duration? {
        guard failure.isTransient, failures < client.retries.maximumAttempts else { return nil }
        let pause = client.retries.wait(after: failures, random: client.clock.random(), asked: failure.pause)
        return client.clock.elapsed() + pause < deadline ? pause : nil
    }

    private func sleep(_ pause: Duration) async throws(AWSError) {
        do { try await client.clock.sleep(pause) } catch { throw .whileWaiting }
    }
}

extension AWSError {
    fileprivate static let whileWaiting = AWSError(kind: .cancelled, message: "cancelled")
}
