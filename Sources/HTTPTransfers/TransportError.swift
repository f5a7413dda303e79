/// The error of a transfer without a complete answer.
public struct TransportError: Error, Sendable, Hashable {
    /// The cause of the failure.
    public enum Reason: Sendable, Hashable {
        /// No connection, or one that broke: refused, reset, no such host.
        case connection
        /// No complete answer in time.
        case timeout
        /// The server's certificate was not accepted, or the certificate authorities cannot be read.
        case certificate(CertificateProblem)
        /// The answer exceeds a limit.
        case tooLarge
        /// The answer ended before its promised length, or was not HTTP.
        case truncated
        /// The request cannot be sent at all.
        case invalid
        /// The calling task was cancelled.
        case cancelled

        /// Whether the same request may succeed a moment later.
        package var isTransient: Bool { self == .connection || self == .timeout || self == .truncated }
    }

    /// The cause, for programs.
    public let reason: Reason
    /// The description, usually libcurl's: with the host, and without a password or any header or body of the request.
    public let message: String

    /// Creates an error.
    /// - Parameter message: The description; user info in it is redacted.
    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = UserInfo.redact(in: message)
    }
}
