/// Why one attempt failed, and whether another one makes sense.
struct FailedAttempt: Error {
    let error: AWSError
    let isTransient: Bool
    /// How long the server wants to be left alone.
    let pause: Duration?
    /// Where the bucket that was asked about lies, if the answer says so.
    let bucketRegion: String?
    /// How far AWS's clock is ahead of this machine's, if the request can have been refused because of it.
    let clockError: Duration?

    /// A failure that another attempt would not change.
    init(_ error: AWSError) {
        self.error = error
        isTransient = false
        pause = nil
        bucketRegion = nil
        clockError = nil
    }

    /// There was no complete answer.
    init(_ error: TransportError, _ scrubber: Scrubber) {
        let kind: AWSError.Kind =
            switch error.reason {
            case .connection, .timeout, .truncated: .unavailable
            case .certificate: .certificate
            case .tooLarge: .malformed
            case .invalid: .invalid
            case .cancelled: .cancelled
            }
        self.error = AWSError(kind: kind, message: scrubber(error.message))
        isTransient = error.reason.isTransient
        pause = nil
        bucketRegion = nil
        clockError = nil
    }

    /// The answer was an error.
    /// - Parameter time: The time in the request's signature; `Retry-After` counts from it where it names a date.
    init(_ response: HTTPResponse, _ error: ServiceError?, _ scrubber: Scrubber, signed time: SigningTime) {
        // An error behind a success is one of the server's, as botocore has it.
        let status = (200..<300).contains(response.status) ? 500 : response.status
        if let error {
            let kind = AWSError.Kind(code: error.code, status: status)
            let code = scrubber(error.code)
            self.error = AWSError(kind: kind, code: code, status: status, message: scrubber(error.message))
        } else {
            let kind: AWSError.Kind =
                status >= 500 ? .unavailable : status == 429 ? .throttled : .malformed
            self.error = AWSError(kind: kind, status: status, message: "HTTP status \(status) without an AWS error")
        }
        isTransient = self.error.kind == .throttled || self.error.kind == .unavailable
        bucketRegion = error?.bucketRegion
        pause = response.header("Retry-After").flatMap { Self.pause($0, now: time.time) }
        clockError = ClockSkew.error(behind: self.error, signed: time, answered: response.date)
    }

    /// Seconds or a date (RFC 9110 section 10.2.3).
    private static func pause(_ text: String, now: UTCTime) -> Duration? {
        if let seconds = UInt32(text) { return .seconds(Int64(seconds)) }
        return UTCTime(parsing: text).map { .milliseconds($0.milliseconds - now.milliseconds) }
    }
}
