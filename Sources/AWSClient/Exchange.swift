import Logging
import StrictJSON

/// One page: the HTTP calls that it takes until it is there or has failed for good.
struct Exchange {
    struct Page {
        let value: JSON
        let payload: [UInt8]
        let date: UTCTime?
        /// How many HTTP calls it took.
        let calls: Int
    }

    private let client: AWSClient
    private let call: WireCall
    private let wire: any WireProtocol
    private let request: WireRequest
    private let page: Int
    /// Where the next call goes.
    private var endpoint: Endpoint
    private var region: String
    private var isRedirected = false

    init(_ client: AWSClient, _ call: WireCall, region: String, page: Int) throws(AWSError) {
        self.client = client
        self.call = call
        self.page = page
        self.region = call.bucket.flatMap { client.memory.region(ofBucket: $0) } ?? region
        endpoint = try client.endpoints.endpoint(of: call, region: self.region)
        wire = try call.wireProtocol()
        request = try wire.request(for: call)
    }

    mutating func run() async throws(AWSError) -> Page {
        let start = client.clock.elapsed()
        var calls = 0
        var failures = 0
        while true {
            calls += 1
            let timeout = start + client.retries.deadline - client.clock.elapsed()
            do throws(FailedAttempt) {
                return try await attempt(calls, timeout: timeout)
            } catch {
                if follow(error.bucketRegion) { continue }
                failures += 1
                guard let pause = pause(after: error, failures, since: start) else { throw error.error }
                try await sleep(pause)
            }
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

    /// How long to wait before another attempt; nil where there shall be none.
    private func pause(after failure: FailedAttempt, _ attempt: Int, since start: Duration) -> Duration? {
        guard failure.isTransient, attempt < client.retries.maximumAttempts else { return nil }
        let pause = client.retries.wait(after: attempt, random: client.clock.random(), asked: failure.pause)
        let isInTime = client.clock.elapsed() + pause < start + client.retries.deadline
        return isInTime ? pause : nil
    }

    private func sleep(_ pause: Duration) async throws(AWSError) {
        do { try await client.clock.sleep(pause) } catch { throw AWSError(kind: .cancelled, message: "cancelled") }
    }

    private func attempt(_ attempt: Int, timeout: Duration) async throws(FailedAttempt) -> Page {
        let credentials: Credentials
        do { credentials = try await client.credentials.credentials() } catch { throw FailedAttempt(error) }
        let scrubber = Scrubber(credentials)
        let response = try await send(signed(with: credentials, timeout: timeout), attempt, scrubber)
        return Page(
            value: try read(response, scrubber), payload: call.hasPayload ? response.body : [], date: response.date,
            calls: attempt)
    }

    private func send(
        _ request: HTTPRequest, _ attempt: Int, _ scrubber: Scrubber
    ) async throws(FailedAttempt) -> HTTPResponse {
        let start = client.clock.elapsed()
        do {
            let response = try await client.transport.send(request)
            log(attempt, since: start, "status", "\(response.status)")
            return response
        } catch {
            log(attempt, since: start, "failure", "\(error.reason)")
            throw FailedAttempt(error, scrubber)
        }
    }

    private func signed(with credentials: Credentials, timeout: Duration) -> HTTPRequest {
        let path = [endpoint.path + request.path, "/"].first { !$0.isEmpty } ?? "/"
        let headers = request.headers + [HTTPHeader("Host", endpoint.authority)]
        let signer = Signer(
            credentials: credentials, service: call.service.signingName, region: endpoint.signingRegion,
            pathRule: call.isREST ? .verbatim : .normalized, sendsBodyHash: call.isREST)
        let signature = signer.sign(
            SignableRequest(
                method: request.method, path: path, query: request.query, headers: headers, body: request.body),
            at: client.clock.now())
        let url = endpoint.url(path: path) + (request.query.isEmpty ? "" : "?\(request.query)")
        return HTTPRequest(
            method: request.method, url: url,
            headers: headers + signature.headers + [HTTPHeader("User-Agent", client.userAgent)], body: request.body,
            timeout: min(.seconds(60), timeout))
    }

    private func read(_ response: HTTPResponse, _ scrubber: Scrubber) throws(FailedAttempt) -> JSON {
        let now = client.clock.now()
        guard (200..<300).contains(response.status) else {
            throw FailedAttempt(response, wire.error(in: response), scrubber, now: now)
        }
        do { return try wire.answer(in: response, to: call) } catch {
            guard let hidden = wire.errorBehindSuccess(in: response) else { throw FailedAttempt(error) }
            throw FailedAttempt(response, hidden, scrubber, now: now)
        }
    }

    private func log(_ attempt: Int, since start: Duration, _ key: String, _ outcome: Logger.MetadataValue) {
        let milliseconds = (client.clock.elapsed() - start) / .milliseconds(1)
        client.logger.debug(
            "\(call.service.name) \(call.operation.name)",
            metadata: [
                "page": "\(page)", "attempt": "\(attempt)", key: outcome,
                "milliseconds": "\(Int64(milliseconds.rounded()))",
            ])
    }
}

extension HTTPResponse {
    fileprivate var date: UTCTime? { header("Date").flatMap { UTCTime(parsing: $0) } }
}
