/// A transport: sends an HTTP request and returns the whole answer, whatever its status.
public protocol Transport: Sendable {
    /// Sends a request.
    /// - Throws: `TransportError` if there is no complete answer.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
