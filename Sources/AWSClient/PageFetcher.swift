import Logging
import StrictJSON

/// Fetches one page, with as many HTTP calls as it takes until there is an answer or a final error.
struct PageFetcher {
    private let client: AWSClient
    private let call: WireCall
    private let request: WireRequest
    private let page: Int
    /// The endpoint of the next call.
    private var endpoint: Endpoint
    private var region: String
    private var isRedirected = false
    private var isClockCorrected = false
    /// The time on the client's clock at which the fetcher gives up. Time spent waiting in the limiter does not count.
    private var deadline: Duration

    /// Creates a fetcher.
    /// - Parameter deadline: The deadline of the page that this call is part of; nil for a new page.
    init(
        _ client: AWSClient, _ call: WireCall, region: String, page: Int, deadline: Duration? = nil
    ) throws(AWSError) {
        self.client = client
        self.call = call
        self.page = page
        self.region = call.bucket.flatMap { client.state.region(ofBucket: $0) } ?? region
        self.deadline = deadline ?? client.clock.elapsed() + client.retries.deadline
        endpoint = try client.endpoints.endpoint(of: call, region: self.region)
        request = try call.wireProtocol().request(for: call)
    }

    /// Fetches the page.
    /// - Parameter calls: Incremented for each HTTP call.
    mutating func run(counting calls: inout Int) async throws(AWSError) -> AWSAnswer {
        var attempts = 0
        var failures = 0
        while true {
            attempts += 1
            calls += 1
            do throws(FailedAttempt) {
                return try await attempt(attempts)
            } catch {
                if await followRedirect(error, counting: &calls) || correctClock(by: error.clockError) { continue }
                failures += 1
                guard let delay = retryDelay(after: error, failures) else { throw finalError(error, after: failures) }
                try await sleep(delay)
            }
        }
    }

    /// The time spent on the page, without the time that calls waited in the limiter.
    var elapsed: Duration { client.clock.elapsed() - (deadline - client.retries.deadline) }

    private mutating func attempt(_ number: Int) async throws(FailedAttempt) -> AWSAnswer {
        let attempt = Attempt(
            client: client, call: call, request: request, endpoint: endpoint, page: page, number: number)
        let start = client.clock.elapsed()
        var began = start
        defer { deadline += began - start }
        return try await client.state.limiter(call.service.name, region).run(
            client.clock, cancelled: FailedAttempt(.cancelledCall), isThrottled: { $0.error.reason == .throttled }
        ) { () throws(FailedAttempt) in
            began = client.clock.elapsed()
            return try await attempt.run(timeout: deadline - start)
        }
    }

    /// Redirects the next call to the bucket's region, if that is another one: once, as boto3 does.
    private mutating func followRedirect(_ failure: FailedAttempt, counting calls: inout Int) async -> Bool {
        guard let bucket = call.bucket, !isRedirected else { return false }
        var bucketRegion = failure.bucketRegion
        if bucketRegion == nil, failure.isInAnotherRegion {
            bucketRegion = await region(ofBucket: bucket, counting: &calls)
        }
        guard let bucketRegion, bucketRegion != region,
            // A redirect never leads to another partition.
            Partition(region: bucketRegion) == Partition(region: region),
            // Without a valid region, the answer remains the error that it is.
            let endpoint = try? client.endpoints.endpoint(of: call, region: bucketRegion)
        else { return false }
        self.endpoint = endpoint
        region = bucketRegion
        isRedirected = true
        client.state.record(region: bucketRegion, ofBucket: bucket)
        return true
    }

    /// The region that S3 names in its answer to HeadBucket. S3 names it to every caller, also in an error.
    private func region(ofBucket bucket: String, counting calls: inout Int) async -> String? {
        let name = "HeadBucket"
        guard call.operation.name != name,
            let head = try? WireCall(
                AWSRequest(service: call.service.name, operation: name, parameters: ["Bucket": .string(bucket)])),
            var fetcher = try? PageFetcher(client, head, region: region, page: page, deadline: deadline)
        else { return nil }
        let answer = try? await fetcher.run(counting: &calls)
        return answer?.value["BucketRegion"]?.string ?? client.state.region(ofBucket: bucket)
    }

    /// Corrects the clock for later signatures, if the request may have been refused because of it: once.
    private mutating func correctClock(by error: Duration?) -> Bool {
        guard let error, !isClockCorrected else { return false }
        isClockCorrected = true
        if client.state.record(clockError: error) {
            let direction = error > .zero ? "behind" : "ahead of"
            client.logger.warning(
                "this machine's clock is \(abs(error.components.seconds)) seconds \(direction) AWS's: requests are signed with AWS's time"
            )
        }
        return true
    }

    /// The time to wait before the next attempt; nil if there is none.
    private func retryDelay(after failure: FailedAttempt, _ failures: Int) -> Duration? {
        guard failure.isTransient, failures < client.retries.maximumAttempts else { return nil }
        let delay = client.retries.delay(after: failures, random: client.clock.random(), minimum: failure.retryAfter)
        return client.clock.elapsed() + delay < deadline ? delay : nil
    }

    private func sleep(_ delay: Duration) async throws(AWSError) {
        do { try await client.clock.sleep(delay) } catch { throw .cancelledCall }
    }

    /// The error of the last attempt. libcurl reports the time of that attempt alone.
    private func finalError(_ failure: FailedAttempt, after attempts: Int) -> AWSError {
        guard failure.isTimeout else { return failure.error }
        let time = elapsed.rounded
        return AWSError(
            reason: failure.error.reason,
            message: "timed out: no whole answer in \(attempts == 1 ? time : "\(time) and \(attempts) attempts")")
    }
}

extension AWSError {
    fileprivate static let cancelledCall = AWSError(reason: .cancelled, message: "cancelled")
}

extension Duration {
    /// Whole seconds, or milliseconds below one second: `60 s`, `400 ms`.
    fileprivate var rounded: String {
        self < .seconds(1)
            ? "\(Int((self / .milliseconds(1)).rounded())) ms" : "\(Int((self / .seconds(1)).rounded())) s"
    }
}
