/// Why one attempt failed, and whether another one makes sense.
struct FailedAttempt: Error {
    let error: AWSError
    let isTransient: Bool
    /// Whether time ran out before there was a whole answer.
    var isTimeout = false
    /// How long the server wants to be left alone.
    var pause: Duration?
    /// Where the bucket that was asked about lies, if the answer says so.
    var bucketRegion: String?
    /// Whether the bucket lies in another region than the one that was asked, if the answer says that alone.
    var isElsewhere = false
    /// How far AWS's clock is ahead of this machine's, if the request can have been refused because of it.
    var clockError: Duration?

    /// A failure that another attempt does not change.
    init(_ error: AWSError) {
        self.error = error
        isTransient = false
    }

    /// A response of status 2xx that is not the answer to the call.
    init(reading error: AWSError) {
        self.error = error
        isTransient = error.kind == .unavailable
    }

    /// There was no complete answer.
    init(_ error: TransportError, _ scrubber: Scrubber) {
        self.error = AWSError(kind: AWSError.Kind(error.reason), message: scrubber(error.message))
        isTransient = error.reason.isTransient
        isTimeout = error.reason == .timeout
    }

    /// The answer was an error.
    /// - Parameter time: The time in the request's signature; `Retry-After` counts from it where it names a date.
    init(_ response: HTTPResponse, _ error: ServiceError?, _ scrubber: Scrubber, signed time: SigningTime) {
        // An error behind a success is one of the server's, as botocore has it.
        let isBehindSuccess = (200..<300).contains(response.status)
        let status = isBehindSuccess ? 500 : response.status
        if let error {
            let kind = AWSError.Kind(code: error.code, status: status)
            let code = scrubber(error.code)
            self.error = AWSError(kind: kind, code: code, status: status, message: scrubber(error.message))
        } else {
            let kind: AWSError.Kind =
                status >= 500 ? .unavailable : status == 429 ? .throttled : .malformed
            self.error = AWSError(kind: kind, status: status, message: "HTTP status \(status) without an AWS error")
        }
        isTransient = self.error.kind == .throttled || self.error.kind == .unavailable || isBehindSuccess
        bucketRegion = error?.bucketRegion
        isElsewhere = [301, 302, 307].contains(status) || Self.elsewhere.contains(error?.code ?? "")
        pause = response.header("Retry-After").flatMap { Self.pause($0, now: time.time) }
        clockError = ClockSkew.error(behind: self.error, signed: time, answered: response.date)
    }

    /// Source: botocore's `S3RegionRedirectorv2`.
    private static let elsewhere: Set = ["IllegalLocationConstraintException", "PermanentRedirect"]

    /// Seconds or a date (RFC 9110 section 10.2.3).
    private static func pause(_ text: String, now: UTCTime) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int64(seconds)) }
        return UTCTime(parsing: text).map { .milliseconds($0.milliseconds - now.milliseconds) }
    }
}

extension AWSError.Kind {
    /// What it means that there was no complete answer.
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
