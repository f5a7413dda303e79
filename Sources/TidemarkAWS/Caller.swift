import AWSClient
import CivilTime
import StrictJSON
import Tidemark
import TidemarkKinds

/// The caller, as AWS attests it.
public struct Caller: Sendable, Hashable {
    /// The id of the account, twelve digits.
    public let account: String
    /// The ARN of the caller.
    public let arn: String
    /// AWS's clock when it answered; nil if its answer has no time.
    public let awsClock: ClockReading?

    /// Establishes the caller by `sts:GetCallerIdentity`, which needs no permission.
    /// - Parameter clock: The clock that measures the time since AWS's answer.
    /// - Throws: `Failure` with the code `unavailable` if there are no credentials, AWS does not accept them, or nothing answers.
    public static func establish(
        _ client: AWSClient, clock: ProgramClock = .system
    ) async throws(Failure) -> Caller {
        let answer: AWSAnswer
        do {
            answer = try await client.call(AWSRequest(service: "sts", operation: "GetCallerIdentity"))
        } catch {
            throw Failure(error, "the caller's identity cannot be determined")
        }
        guard let account = answer.value["Account"]?.string, let arn = answer.value["Arn"]?.string else {
            throw Failure(
                .unavailable, "the caller's identity cannot be determined", why: "the answer names no account",
                remedy: "check AWS_ENDPOINT_URL")
        }
        return Caller(
            account: account, arn: arn,
            awsClock: answer.date.map { ClockReading(time: Timestamp($0), elapsed: clock.elapsed()) })
    }

    /// `arn:PARTITION:…`; source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    var partition: String {
        let parts = arn.split(separator: ":")
        return parts.count > 1 ? String(parts[1]) : "aws"
    }
}

extension Timestamp {
    init(_ time: UTCTime) { self.init(millisecondsSince1970: time.milliseconds) }
}
