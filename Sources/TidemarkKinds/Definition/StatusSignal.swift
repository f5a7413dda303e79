import Tidemark

/// A statement of an answer about the moment of the walk, not about the resource.
public enum StatusSignal: Sendable, Hashable {
    /// The environment was unsettled.
    case unsettled(UnsettledReason)
    /// The current deployment failed.
    case failed(DeploymentFailure)
}
