import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

extension StoredReason {
    /// The reason with the secrets cut out of its values.
    var withoutSecrets: Self {
        let values = JSON.object(code.values).withoutSecretsInTexts.object ?? [:]
        return Self(ReasonCode(code.code, values))
    }
}

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
