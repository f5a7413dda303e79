/// The error of one attempt, and whether another attempt makes sense.
struct FailedAttempt: Error {
    let error: AWSError
    let isTransient: Bool
    var isTimeout = false
    /// The minimum time until the next attempt, from `Retry-After`.
    var retryAfter: Duration?
    /// The region of the bucket, if the answer names it.
    var bucketRegion: String?
    /// Whether the answer says that the bucket is in another region, without naming that region.
    var isInAnotherRegion = false
    /// The time by which AWS's clock is ahead of this machine's, if that may be the reason of a refusal.
    var clockError: Duration?

    /// A failure that another attempt cannot change.
    init(_ error: AWSError) {
        self.error = error
        isTransient = false
    }

    /// The failure of a response with status 2xx that is not an answer to the call.
    init(reading error: AWSError) {
        self.error = error
        isTransient = error.reason == .unavailable
    }

    /// The failure of a transfer without a complete answer.
    init(_ error: TransportError, _ scrubber: Scrubber) {
        self.error = AWSError(reason: AWSError.Reason(error.reason), message: scrubber(error.message))
        isTransient = error.reason.isTransient
        isTimeout = error.reason == .timeout
    }

    /// The failure of an error response.
    /// - Parameter time: The time in the request's signature, from which a date in `Retry-After` is counted.
    init(_ response: HTTPResponse, _ error: ServiceError?, _ scrubber: Scrubber, signed time: SigningTime) {
        // Like botocore, treat an error behind status 2xx as one of the server's.
        let isBehindSuccess = (200..<300).contains(response.status)
        let status = isBehindSuccess ? 500 : response.status
        if let error {
            let reason = AWSError.Reason(code: error.code, status: status)
            let code = scrubber(error.code)
            self.error = AWSError(reason: reason, code: code, status: status, message: scrubber(error.message))
        } else {
            let reason: AWSError.Reason =
                status >= 500 ? .unavailable : status == 429 ? .throttled : .malformed
            self.error = AWSError(reason: reason, status: status, message: "HTTP status \(status) without an AWS error")
        }
        isTransient = self.error.reason == .throttled || self.error.reason == .unavailable || isBehindSuccess
        bucketRegion = error?.bucketRegion
        isInAnotherRegion = [301, 302, 307].contains(status) || Self.redirectCodes.contains(error?.code ?? "")
        retryAfter = response.header("Retry-After").flatMap { Self.delay($0, now: time.time) }
        clockError = ClockSkew.error(behind: self.error, signed: time, answered: response.date)
    }

    /// The codes of a bucket in another region. Source: botocore's `S3RegionRedirectorv2`.
    private static let redirectCodes: Set = ["IllegalLocationConstraintException", "PermanentRedirect"]

    /// The value of `Retry-After`: seconds or a date (RFC 9110 section 10.2.3).
    private static func delay(_ text: String, now: UTCTime) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int64(seconds)) }
        return UTCTime(parsing: text).map { .milliseconds($0.milliseconds - now.milliseconds) }
    }
}

extension AWSError.Reason {
    /// The reason of a call whose transfer failed.
    init(_ reason: TransportError.Reason) {
        self =
            switch reason {
            case .connection, .timeout, .truncated: .unavailable
            case .certificate(let problem): .certificate(problem)
            case .tooLarge: .malformed
            case .invalid: .invalid
            case .cancelled: .cancelled
            }
    }
}
