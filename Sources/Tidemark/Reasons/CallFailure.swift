import StrictJSON

/// The failure of a call to AWS.
public enum CallFailure: Sendable, Hashable {
    /// AWS's own error code and message.
    case aws(code: String, message: String)
    /// A call without an answer, or with one that is not AWS's: the cause, such as `certificate`, and the diagnosis of the
    /// client or the system.
    case client(cause: String, detail: String)

    /// The code `aws-error` or `call-failed`, with the values of the case.
    public var code: ReasonCode {
        switch self {
        case .aws(let code, let message):
            ReasonCode("aws-error", ["awsCode": .string(code), "awsMessage": .string(message)])
        case .client(let cause, let detail):
            ReasonCode("call-failed", ["cause": .string(cause), "detail": .string(detail)])
        }
    }

    init?(known code: ReasonCode) {
        switch code.code {
        case "aws-error":
            guard let awsCode = code.text("awsCode"), let message = code.text("awsMessage") else { return nil }
            self = .aws(code: awsCode, message: message)
        case "call-failed":
            guard let cause = code.text("cause"), let detail = code.text("detail") else { return nil }
            self = .client(cause: cause, detail: detail)
        default: return nil
        }
    }
}
