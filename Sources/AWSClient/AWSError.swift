/// Why a call has no answer.
public struct AWSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a caller may want to tell apart. Codes that mean "does not exist" differ by service and are `rejected`.
    public enum Kind: Sendable, Hashable {
        /// The caller is known, but may not do this.
        case denied
        /// AWS asked for fewer calls, also after the retries.
        case throttled
        /// No connection, no answer in time, or HTTP 5xx, also after the retries.
        case unavailable
        /// The server's certificate does not hold, or the file of authorities cannot be read: nothing was sent.
        case certificate(CertificateProblem)
        /// Something answered, but not in the way AWS does: XML that does not parse, a wrong root, a page token that
        /// came before.
        case malformed
        /// There are no credentials, or AWS does not accept them: unknown, expired, or a signature that does not match.
        case credentials
        /// Any other error that AWS named: `code` says which, and the caller knows what it means.
        case rejected
        /// The request cannot be made: an unknown operation, a parameter of the wrong type, an endpoint that is no URL.
        case invalid
        /// The task that asked was cancelled.
        case cancelled
    }

    public let kind: Kind
    /// AWS's name for the error: `DBInstanceNotFound`.
    public let code: String?
    /// The HTTP status of the answer, if there was one.
    public let status: Int?
    /// What failed, for people: one line without credentials.
    ///
    /// Of an answer it holds nothing but AWS's own message, at most 300 characters of it and no control characters:
    /// bodies can carry secrets.
    public let message: String
    /// How many HTTP calls it took until it had failed: attempts, and pages that had come before.
    public private(set) var calls: Int

    public init(kind: Kind, code: String? = nil, status: Int? = nil, message: String, calls: Int = 0) {
        self.kind = kind
        self.code = code
        self.status = status
        self.message = message
        self.calls = calls
    }

    /// The same, known to have taken so many calls.
    func after(_ calls: Int) -> AWSError {
        var error = self
        error.calls = calls
        return error
    }

    /// The same failure, however many calls it took.
    public static func == (one: AWSError, other: AWSError) -> Bool {
        (one.kind, one.code, one.status, one.message) == (other.kind, other.code, other.status, other.message)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(code)
        hasher.combine(status)
        hasher.combine(message)
    }

    public var description: String {
        [code, message].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: ": ")
    }
}
