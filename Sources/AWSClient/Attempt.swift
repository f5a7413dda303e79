import Logging

/// One HTTP call: signs the request, sends it and reads the response.
struct Attempt {
    let client: AWSClient
    let call: WireCall
    let request: WireRequest
    let endpoint: Endpoint
    let page: Int
    /// The number of this attempt at the page, from 1.
    let number: Int

    /// Makes the call.
    /// - Returns: The answer of this page alone.
    func run(timeout: Duration) async throws(FailedAttempt) -> AWSAnswer {
        let credentials: Credentials?
        do {
            credentials = call.operation.isSigned ? try await client.credentials.credentials() : nil
        } catch { throw FailedAttempt(error) }
        let scrubber = Scrubber(credentials)
        let time = SigningTime(machine: client.clock.now(), correction: client.state.clockError)
        let response = try await send(signed(with: credentials, at: time.time, timeout: timeout), scrubber)
        return AWSAnswer(
            value: try call.read(response, signed: time, scrubber), payload: call.hasPayload ? response.body : [],
            date: response.date, size: response.body.count)
    }

    private func send(_ request: HTTPRequest, _ scrubber: Scrubber) async throws(FailedAttempt) -> HTTPResponse {
        let start = client.clock.elapsed()
        do {
            let response = try await client.transport.send(request)
            log(since: start, "status", "\(response.status)")
            return response
        } catch {
            log(since: start, "failure", "\(error.reason)")
            throw FailedAttempt(error, scrubber)
        }
    }

    private func signed(with credentials: Credentials?, at time: UTCTime, timeout: Duration) -> HTTPRequest {
        let path = [endpoint.path + request.path, "/"].first { !$0.isEmpty } ?? "/"
        let headers = request.headers + [HTTPHeader("Host", endpoint.authority)]
        let signable = SignableRequest(
            method: request.method, path: path, query: request.query, headers: headers, body: request.body)
        let signature = credentials.map { credentials in
            Signer(
                credentials: credentials, service: call.service.signingName, region: endpoint.signingRegion,
                pathRule: call.isREST ? .verbatim : .normalized, sendsBodyHash: call.isREST
            ).sign(signable, at: time)
        }
        let url = endpoint.url(path: path) + (request.query.isEmpty ? "" : "?\(request.query)")
        return HTTPRequest(
            method: request.method, url: url,
            headers: headers + (signature?.headers ?? []) + [HTTPHeader("User-Agent", client.userAgent)],
            body: request.body, timeout: min(.seconds(60), timeout),
            // One attempt means that the caller decides; a second GET changes nothing.
            isSentOnce: client.retries.maximumAttempts == 1 && request.method != "GET",
            maximumBodySize: call.hasPayload ? .max : HTTPRequest.maximumDocumentSize)
    }

    private func log(since start: Duration, _ key: String, _ result: Logger.MetadataValue) {
        let milliseconds = (client.clock.elapsed() - start) / .milliseconds(1)
        client.logger.debug(
            "\(call.service.name) \(call.operation.name)",
            metadata: [
                "page": "\(page)", "attempt": "\(number)", key: result,
                "milliseconds": "\(Int64(milliseconds.rounded()))",
            ])
    }
}
