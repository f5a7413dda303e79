/// A reason why the current deployment counts as failed.
public enum DeploymentFailure: StoredReason {
    /// The `DeploymentStatus` of the configuration was `failed`.
    case configurationFailed
    case other(ReasonCode)

    public var code: ReasonCode {
        switch self {
        case .configurationFailed: ReasonCode("configuration-failed")
        case .other(let code): code
        }
    }

    public init?(known code: ReasonCode) {
        guard code.code == "configuration-failed" else { return nil }
        self = .configurationFailed
    }
}
