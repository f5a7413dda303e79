import AWSClient
import StrictJSON
import Tidemark

/// Who asks, as AWS attests it.
public struct Caller: Sendable, Hashable {
    public let account: String
    public let arn: String
    /// AWS's clock when it answered.
    public let awsTime: Timestamp?

    /// Establishes the caller by `sts:GetCallerIdentity`, which needs no permission.
    /// - Throws: `Failure` where there are no credentials, AWS does not accept them, or nothing answers.
    public static func establish(_ client: AWSClient) async throws(Failure) -> Caller {
        let answer: AWSAnswer
        do {
            answer = try await client.call(AWSRequest(service: "sts", operation: "GetCallerIdentity"))
        } catch {
            throw Failure(error, "the caller's identity cannot be established")
        }
        guard let account = answer.value["Account"]?.string, let arn = answer.value["Arn"]?.string else {
            throw Failure(
                .unavailable, "the caller's identity cannot be established", why: "the answer names no account",
                remedy: "check AWS_ENDPOINT_URL")
        }
        return Caller(
            account: account, arn: arn,
            awsTime: answer.date.map { Timestamp(millisecondsSince1970: $0.milliseconds) })
    }

    /// `arn:PARTITION:…`; source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    var partition: String {
        let parts = arn.split(separator: ":")
        return parts.count > 1 ? String(parts[1]) : "aws"
    }
}

extension Failure {
    /// An error of AWS that ends a command.
    init(_ error: AWSError, _ what: String) {
        let (code, remedy): (Code, String?) =
            switch error.kind {
            case .credentials:
                (.unavailable, error.code == nil ? nil : "check the credentials and this machine's clock")
            case .denied: (.unavailable, "ask for the permission that is named")
            case .throttled: (.unavailable, "try again in a minute")
            case .unavailable: (.unavailable, "check the network, the proxy, the region and AWS_ENDPOINT_URL")
            case .certificate(let problem): (.unavailable, problem.remedy)
            case .malformed: (.unavailable, "check that AWS_ENDPOINT_URL names an AWS endpoint")
            case .rejected, .invalid, .cancelled: (.unavailable, nil)
            }
        self.init(code, what, why: RedactedText(error.description).text.printable, remedy: remedy)
    }
}

extension CertificateProblem {
    fileprivate var remedy: String {
        switch self {
        case .expired: "check this machine's clock, and have the certificate renewed"
        case .notYetValid: "check this machine's clock"
        case .otherHost: "check that AWS_ENDPOINT_URL names the host as its certificate does"
        case .unknownAuthority: "check that AWS_CA_BUNDLE names a file with the authority that signed it"
        case .unreadableAuthorities: "check that AWS_CA_BUNDLE names a readable file of certificates"
        case .other: "check the server's certificate, and the authorities that AWS_CA_BUNDLE names"
        }
    }
}
