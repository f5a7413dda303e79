/// Tells that a request was refused because this machine's clock is wrong: AWS takes a signature only within minutes of
/// the time in it.
///
/// Source: "Troubleshoot Signature Version 4 signing for AWS API requests" in the IAM User Guide, and the AWS SDKs, which
/// correct the clock by the answer's `Date` and ask once more.
enum ClockSkew {
    /// AWS overlooks five minutes; SDKs suspect the clock from four.
    static let tolerance: Duration = .seconds(240)

    /// The codes by which AWS refuses a time. Most have other causes too, so that the clock is compared.
    /// `403` is what an answer to `HEAD` says, which has no body.
    private static let codes: Set = [
        "403", "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture",
        "RequestTimeTooSkewed", "SignatureDoesNotMatch",
    ]

    /// How far AWS's clock is ahead of this machine's, if a request can have been refused because of it.
    static func error(behind failure: AWSError, signed: SigningTime, answered: UTCTime?) -> Duration? {
        guard let code = failure.code, codes.contains(code), let answered else { return nil }
        let rest = answered.distance(from: signed.time)
        return rest >= tolerance || rest <= .zero - tolerance ? answered.distance(from: signed.machine) : nil
    }
}

/// The time in a signature: this machine's, corrected by what is known of its error.
struct SigningTime {
    let machine: UTCTime
    let correction: Duration

    var time: UTCTime { UTCTime(milliseconds: machine.milliseconds + Int64(correction / .milliseconds(1))) }
}

extension UTCTime {
    fileprivate func distance(from other: UTCTime) -> Duration { .milliseconds(milliseconds - other.milliseconds) }
}
