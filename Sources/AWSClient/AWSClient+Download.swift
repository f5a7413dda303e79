import Logging
import StrictJSON

// What a presigned URL in an answer names. The URL contains a signature: no error and no line of the log has any part of it.
extension AWSClient {
    /// The largest object that is fetched, in bytes. A configuration of an image has some kilobytes.
    static let maximumDownloadSize = 4 << 20

    /// Fetches what a member of an answer names.
    /// - Returns: The answer without that member, and with the bytes as its payload.
    func fetch(
        _ member: String, of answer: AWSAnswer, to request: AWSRequest, counting calls: inout Int
    ) async throws(AWSError) -> AWSAnswer {
        var value = answer.value.object ?? [:]
        guard let url = value[member]?.string else {
            throw AWSError(reason: .malformed, message: "the answer lacks '\(member)'")
        }
        value[member] = nil
        try await check(url, from: request)
        let bytes = try await Download(client: self, url: url, service: request.service).bytes(counting: &calls)
        return AWSAnswer(
            value: .object(value), payload: bytes, pages: answer.pages, hasMorePages: answer.hasMorePages,
            date: answer.date, calls: calls, partial: answer.partial, size: answer.size + bytes.count)
    }

    /// Refuses a URL over which the object could be read or replaced on the way: plain HTTP is for an emulator on this machine.
    private func check(_ url: String, from request: AWSRequest) async throws(AWSError) {
        let endpoint = try endpoints.endpoint(of: WireCall(request), region: request.region ?? region)
        let address = ServiceAddress(url)
        guard address?.isEncrypted == true || endpoint.scheme == "http" && address?.isLoopback == true else {
            throw AWSError(reason: .malformed, message: "the answer's URL of a download is not an https URL of a host")
        }
    }
}

/// An unsigned GET with retries. Redirects are not followed.
private struct Download {
    let client: AWSClient
    let url: String
    let service: String

    func bytes(counting calls: inout Int) async throws(AWSError) -> [UInt8] {
        let deadline = client.clock.elapsed() + client.retries.deadline
        var failures = 0
        while true {
            calls += 1
            do throws(FailedDownload) {
                return try await attempt(timeout: deadline - client.clock.elapsed())
            } catch {
                failures += 1
                let delay = client.retries.delay(after: failures, random: client.clock.random(), minimum: nil)
                guard error.isTransient, failures < client.retries.maximumAttempts,
                    client.clock.elapsed() + delay < deadline
                else { throw error.error }
                do { try await client.clock.sleep(delay) } catch {
                    throw AWSError(reason: .cancelled, message: "cancelled")
                }
            }
        }
    }

    private func attempt(timeout: Duration) async throws(FailedDownload) -> [UInt8] {
        let request = HTTPRequest(
            url: url, headers: [HTTPHeader("User-Agent", client.userAgent)], timeout: min(.seconds(60), timeout),
            maximumBodySize: AWSClient.maximumDownloadSize)
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await client.transport.send(request)
        } catch {
            log("failure", "\(error.reason)")
            // What libcurl says of an invalid URL could quote it.
            let message = error.reason == .invalid ? "its URL is invalid" : Scrubber(nil)(error.message)
            throw FailedDownload(
                AWSError(reason: AWSError.Reason(error.reason), message: "the download failed: \(message)"),
                isTransient: error.reason.isTransient)
        }
        log("status", "\(response.status)")
        guard response.status == 200 else { throw FailedDownload(status: response.status) }
        return response.body
    }

    private func log(_ key: String, _ result: Logger.MetadataValue) {
        client.logger.debug("\(service) download", metadata: [key: result])
    }
}

private struct FailedDownload: Error {
    let error: AWSError
    let isTransient: Bool

    init(_ error: AWSError, isTransient: Bool) {
        self.error = error
        self.isTransient = isTransient
    }

    /// The failure of an answer without the object. S3 also answers 403 once the URL has expired.
    init(status: Int) {
        isTransient = status >= 500 || status == 429
        error = AWSError(
            reason: isTransient ? .unavailable : .rejected, status: status,
            message: "the download failed: HTTP status \(status)")
    }
}
