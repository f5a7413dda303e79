/// A reason why the current deployment counts as failed.
public enum DeploymentFailure: StoredReason {
    /// The `DeploymentStatus` of the configuration was `failed`.
    case configurationFailed
    /// A reason that this version does not know.
    case other(ReasonCode)

    /// The code that the log stores: `configuration-failed`.
    public var code: ReasonCode {
        switch self {
        case .configurationFailed: ReasonCode("configuration-failed")
        case .other(let code): code
        }
    }

    /// The reason that a code stands for; nil for an unknown code.
    public init?(known code: ReasonCode) {
        guard code.code == "configuration-failed" else { return nil }
        self = .configurationFailed
    }
}
