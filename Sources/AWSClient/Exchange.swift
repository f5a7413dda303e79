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
    /// When the page is given up, by the client's clock; the time for which a call waits for its turn does not count.
    private var deadline: Duration

    /// - Parameter deadline: That of the page which needs this one; nil for a page of its own.
    init(
        _ client: AWSClient, _ call: WireCall, region: String, page: Int, deadline: Duration? = nil
    ) throws(AWSError) {
        self.client = client
        self.call = call
        self.page = page
        self.region = call.bucket.flatMap { client.memory.region(ofBucket: $0) } ?? region
        self.deadline = deadline ?? client.clock.elapsed() + client.retries.deadline
        endpoint = try client.endpoints.endpoint(of: call, region: self.region)
        request = try call.wireProtocol().request(for: call)
    }

    /// - Parameter calls: Counts each call.
    mutating func run(counting calls: inout Int) async throws(AWSError) -> Attempt.Page {
        var attempts = 0
        var failures = 0
        while true {
            attempts += 1
            calls += 1
            do throws(FailedAttempt) {
                return try await attempt(attempts)
            } catch {
                if await follow(error, counting: &calls) || correctClock(by: error.clockError) { continue }
                failures += 1
                guard let pause = pause(after: error, failures) else { throw givenUp(error, after: failures) }
                try await sleep(pause)
            }
        }
    }

    /// The time that the page has taken, without that for which calls waited for their turn.
    var spent: Duration { client.clock.elapsed() - (deadline - client.retries.deadline) }

    private mutating func attempt(_ number: Int) async throws(FailedAttempt) -> Attempt.Page {
        let attempt = Attempt(
            client: client, call: call, request: request, endpoint: endpoint, page: page, number: number)
        let asked = client.clock.elapsed()
        var began = asked
        defer { deadline += began - asked }
        return try await client.memory.gate(call.service.name, region).pass(
            client.clock, cancelled: FailedAttempt(.whileWaiting), isThrottled: { $0.error.kind == .throttled }
        ) { () throws(FailedAttempt) in
            began = client.clock.elapsed()
            return try await attempt.run(timeout: deadline - asked)
        }
    }

    /// Turns to the region in which the bucket lies, if that is another one than was asked: once, as boto3 does.
    private mutating func follow(_ failure: FailedAttempt, counting calls: inout Int) async -> Bool {
        guard let bucket = call.bucket, !isRedirected else { return false }
        var named = failure.bucketRegion
        if named == nil, failure.isElsewhere { named = await whereabouts(of: bucket, counting: &calls) }
        guard let named, named != region,
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

    /// The region that S3 names in its answer to HeadBucket, which it does for everybody, also with an error.
    private func whereabouts(of bucket: String, counting calls: inout Int) async -> String? {
        let name = "HeadBucket"
        guard call.operation.name != name,
            let head = try? WireCall(
                AWSRequest(service: call.service.name, operation: name, parameters: ["Bucket": .string(bucket)])),
            var exchange = try? Exchange(client, head, region: region, page: page, deadline: deadline)
        else { return nil }
        let answer = try? await exchange.run(counting: &calls)
        return answer?.value["BucketRegion"]?.string ?? client.memory.region(ofBucket: bucket)
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

    /// The time to wait before another attempt; nil where there is none.
    private func pause(after failure: FailedAttempt, _ failures: Int) -> Duration? {
        guard failure.isTransient, failures < client.retries.maximumAttempts else { return nil }
        let pause = client.retries.wait(after: failures, random: client.clock.random(), asked: failure.pause)
        return client.clock.elapsed() + pause < deadline ? pause : nil
    }

    private func sleep(_ pause: Duration) async throws(AWSError) {
        do { try await client.clock.sleep(pause) } catch { throw .whileWaiting }
    }

    /// The error of the last attempt. libcurl knows the time of that attempt alone.
    private func givenUp(_ failure: FailedAttempt, after attempts: Int) -> AWSError {
        guard failure.isTimeout else { return failure.error }
        let time = spent.words
        return AWSError(
            kind: failure.error.kind,
            message: "timed out: no whole answer in \(attempts == 1 ? time : "\(time) and \(attempts) attempts")")
    }
}

extension AWSError {
    fileprivate static let whileWaiting = AWSError(kind: .cancelled, message: "cancelled")
}

extension Duration {
    /// In whole seconds, below one in milliseconds.
    fileprivate var words: String {
        self < .seconds(1)
            ? "\(Int((self / .milliseconds(1)).rounded())) ms" : "\(Int((self / .seconds(1)).rounded())) s"
    }
}
