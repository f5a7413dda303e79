import Tidemark

/// A snapshot that is to be appended.
public struct PendingSnapshot: Sendable {
    public let environment: EnvironmentName
    public let observation: EnvironmentObservation
    public let release: Release?
    /// The newest snapshot when the look began.
    public let after: Seq?

    public init(environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, after: Seq?) {
        self.environment = environment
        self.observation = observation
        self.release = release
        self.after = after
    }
}
