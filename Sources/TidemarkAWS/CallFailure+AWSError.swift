import AWSClient
import Tidemark

extension CallFailure {
    init(_ error: AWSError) {
        if let code = error.code {
            self = .aws(code: code, message: error.message)
        } else {
            self = .client(cause: error.reason.name, detail: error.message)
        }
    }
}

extension AWSError.Reason {
    /// The name of the cause in the log.
    fileprivate var name: String {
        switch self {
        case .denied: "denied"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        case .certificate: "certificate"
        case .malformed: "malformed"
        case .credentials: "credentials"
        case .rejected: "rejected"
        case .invalid: "invalid"
        case .cancelled: "cancelled"
        }
    }
}
