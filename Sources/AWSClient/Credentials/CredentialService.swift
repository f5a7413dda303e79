import StrictJSON

/// A service that hands out credentials over HTTP and is no AWS API: a container's, an instance's, the SSO portal.
struct CredentialService: Sendable {
    let transport: any Transport
    let clock: ClientClock
    /// How often a request is made at most, and how long is waited in between.
    var attempts = 3
    var pause: Duration = .seconds(1)

    /// Asks, again where another try may help: no answer, too many requests, HTTP 5xx.
    func send(_ request: HTTPRequest) async throws(AWSError) -> HTTPResponse {
        for attempt in 1... {
            let result = await answer(to: request)
            if attempt >= attempts || !result.isTransient { return try result.mapError(AWSError.init(of:)).get() }
            do { try await clock.sleep(pause) } catch { break }
        }
        throw AWSError(kind: .cancelled, message: "cancelled")
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
        self.init(kind: error.reason == .cancelled ? .cancelled : .unavailable, message: Scrubber(nil)(error.message))
    }
}

extension HTTPResponse {
    /// The body as JSON, nil where it is none.
    var json: JSON? { try? JSON(parsing: body) }
    /// The body as text without white space around it.
    var text: String {
        String(decoding: body, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
