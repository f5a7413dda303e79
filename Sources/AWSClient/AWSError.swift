/// The error of a call that has no answer.
public struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The cause of the failure, as far as callers react to it. Codes that mean "does not exist" differ by service and
    /// are `rejected`.
    public enum Reason: Sendable, Hashable {
        /// AWS knows the caller, who lacks the permission.
        case denied
        /// AWS throttled the call, and every retry of it.
        case throttled
        /// There was no connection, no answer in time, or HTTP 5xx, on every attempt.
        case unavailable
        /// The server's certificate was not accepted, or the file of certificate authorities cannot be read. Nothing
        /// was sent.
        case certificate(CertificateProblem)
        /// The answer is not one that AWS gives: XML that does not parse, a wrong root element, a page token that
        /// repeats.
        case malformed
        /// There are no credentials, or AWS does not accept them: unknown, expired, or a signature that does not match.
        case credentials
        /// AWS returned another error; `code` identifies it.
        case rejected
        /// The request cannot be built: an unknown operation, a parameter of the wrong type, an endpoint that is not a
        /// URL.
        case invalid
        /// The calling task was cancelled.
        case cancelled
    }

    /// The cause of the failure, for programs.
    public let reason: Reason
    /// AWS's name for the error: `DBInstanceNotFound`.
    public let code: String?
    /// The HTTP status of the answer, or nil if there was none.
    public let status: Int?
    /// The description of the failure for people: one line without credentials.
    ///
    /// It quotes nothing of an answer but AWS's own message: at most 300 characters, without control characters. Bodies
    /// can hold secrets.
    public let message: String
    /// The number of HTTP calls that were made: attempts, and earlier pages.
    public private(set) var calls: Int

    /// Creates an error; its `message` must not contain secrets.
    public init(reason: Reason, code: String? = nil, status: Int? = nil, message: String, calls: Int = 0) {
        self.reason = reason
        self.code = code
        self.status = status
        self.message = message
        self.calls = calls
    }

    /// The same error with this number of calls.
    func with(calls: Int) -> AWSError {
        var error = self
        error.calls = calls
        return error
    }

    /// Whether both are the same failure; the number of calls is not compared.
    public static func == (one: AWSError, other: AWSError) -> Bool {
        (one.reason, one.code, one.status, one.message) == (other.reason, other.code, other.status, other.message)
    }

    /// Hashes the failure without the number of calls.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(reason)
        hasher.combine(code)
        hasher.combine(status)
        hasher.combine(message)
    }

    /// The code and the message in one line: `AccessDenied: User … is not authorized`.
    public var description: String {
        [code, message].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ": ")
    }
}
