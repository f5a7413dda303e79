import Tidemark

/// An observation that is to be appended as a snapshot.
package struct PendingSnapshot: Sendable {
    let environment: EnvironmentName
    let observation: EnvironmentObservation
    let release: Release?
    /// The newest snapshot when the walk began.
    let after: Seq?

    package init(environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, after: Seq?) {
        self.environment = environment
        self.observation = observation
        self.release = release
        self.after = after
    }
}
