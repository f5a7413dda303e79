import StrictJSON

/// A reason why an environment was unsettled.
public enum UnsettledReason: StoredReason {
    /// Elastic Beanstalk's `Status` was not `Ready`.
    case environmentStatus(String)
    /// The `DeploymentStatus` of the configuration was `pending`.
    case configurationPending
    /// The `DeploymentStatus` of the configuration is unknown.
    case configurationUnknown
    /// The environment's description differed at the end of the walk.
    case changedDuringWalk
    /// The environment's description could not be requested again at the end of the walk.
    case changeUnknown(CallFailure)
    /// A reason that this version does not know.
    case other(ReasonCode)

    /// The code that the log stores, such as `environment-status`, with the values of the case.
    public var code: ReasonCode {
        switch self {
        case .environmentStatus(let status): ReasonCode("environment-status", ["status": .string(status)])
        case .configurationPending: ReasonCode("configuration-pending")
        case .configurationUnknown: ReasonCode("configuration-unknown")
        case .changedDuringWalk: ReasonCode("changed-during-walk")
        case .changeUnknown(let failure): ReasonCode("change-unknown", ["failure": failure.code.json])
        case .other(let code): code
        }
    }

    /// The reason that a code stands for; nil if the code is unknown or lacks a value.
    public init?(known code: ReasonCode) {
        switch code.code {
        case "environment-status":
            guard let status = code.text("status") else { return nil }
            self = .environmentStatus(status)
        case "configuration-pending": self = .configurationPending
        case "configuration-unknown": self = .configurationUnknown
        case "changed-during-walk": self = .changedDuringWalk
        case "change-unknown":
            let failure = code.values["failure"].flatMap(ReasonCode.init(json:)).flatMap(CallFailure.init(known:))
            guard let failure else { return nil }
            self = .changeUnknown(failure)
        default: return nil
        }
    }
}
