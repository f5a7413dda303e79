import CivilTime

/// A service that hands out credentials over HTTP but is not an AWS API: a container's, an instance's, the SSO portal.
struct CredentialService: Sendable {
    let transport: any Transport
    let clock: ProgramClock
    /// The most attempts at a request, and the delay between them.
    var attempts = 3
    var delay: Duration = .seconds(1)

    /// Sends a request and repeats it if it failed transiently: no answer, too many requests, HTTP 5xx.
    func send(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
        for attempt in 1... {
            let result = await answer(to: request)
            if attempt >= attempts || !result.isTransient { return try result.mapError(AWSError.init(of:)).get() }
            do { try await clock.sleep(delay) } catch { break }
        }
        throw AWSError(reason: .cancelled, message: "cancelled")
    }

    private func answer(to request: HTTPRequest) async -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) { return .success(try await transport.send(request)) } catch {
            return .failure(error)
        }
    }
}

extension Result<HTTPResponse, TransportError> {
    fileprivate var isTransient: Bool {
        switch self {
        case .success(let response): response.status >= 500 || response.status == 429
        case .failure(let error): error.reason.isTransient
        }
    }
}

extension AWSError {
    fileprivate init(of error: TransportError) {
        self.init(reason: error.reason == .cancelled ? .cancelled : .unavailable, message: Scrubber(nil)(error.message))
    }
}
