import Logging
import StrictJSON

/// One page: the HTTP calls that it takes until it is there or has failed for good.
struct Exchange {
    struct Page {
        let value: JSON
        let date: UTCTime?
        /// How many attempts it took.
        let calls: Int
    }

    private let client: AWSClient
    private let call: WireCall
    private let endpoint: Endpoint
    private let wire: any WireProtocol
    private let request: WireRequest
    private let page: Int

    init(_ client: AWSClient, _ call: WireCall, _ endpoint: Endpoint, page: Int) throws(AWSError) {
        self.client = client
        self.call = call
        self.endpoint = endpoint
        self.page = page
        wire = try call.wireProtocol()
        request = try wire.request(for: call)
    }

    func run() async throws(AWSError) -> Page {
        let start = client.clock.elapsed()
        var attempt = 0
        while true {
            attempt += 1
            let timeout = start + client.retries.deadline - client.clock.elapsed()
            do throws(FailedAttempt) {
                return try await self.attempt(attempt, timeout: timeout)
            } catch {
                guard let pause = pause(after: error, attempt, since: start) else { throw error.error }
                try await sleep(pause)
            }
        }
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
        return Page(value: try read(response, scrubber), date: response.date, calls: attempt)
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
        let path = endpoint.path + request.path
        let headers = request.headers + [HTTPHeader("Host", endpoint.authority)]
        let signer = Signer(
            credentials: credentials, service: call.service.signingName, region: endpoint.signingRegion)
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
        guard (200..<300).contains(response.status) else {
            throw FailedAttempt(response, wire.error(in: response), scrubber, now: client.clock.now())
        }
        do { return try wire.answer(in: response, to: call) } catch { throw FailedAttempt(error) }
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
