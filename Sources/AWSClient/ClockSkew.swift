/// Detects that AWS refused a request because this machine's clock is wrong: AWS accepts a signature only within
/// minutes of the time in it.
///
/// Source: "Troubleshoot Signature Version 4 signing for AWS API requests" in the IAM User Guide, and the AWS SDKs,
/// which correct the clock by the answer's `Date` and retry once.
enum ClockSkew {
    /// AWS tolerates five minutes; SDKs suspect the clock from four.
    static let tolerance: Duration = .seconds(240)

    /// The codes of a refused time. Most have other causes too, so the clock is compared as well.
    /// `403` is the code of an answer to `HEAD`, which has no body.
    private static let codes: Set = [
        "403", "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture",
        "RequestTimeTooSkewed", "SignatureDoesNotMatch",
    ]

    /// The time by which AWS's clock is ahead of this machine's, if that may be the reason of a refusal.
    static func error(behind failure: AWSError, signed: SigningTime, answered: UTCTime?) -> Duration? {
        guard let code = failure.code, codes.contains(code), let answered else { return nil }
        let rest = answered.distance(from: signed.time)
        return rest >= tolerance || rest <= .zero - tolerance ? answered.distance(from: signed.machine) : nil
    }
}

extension UTCTime {
    fileprivate func distance(from other: UTCTime) -> Duration { .milliseconds(milliseconds - other.milliseconds) }
}
