/// An observation that is to be appended as a snapshot.
package struct Recording: Sendable {
    package let environment: EnvironmentName
    package let observation: EnvironmentObservation
    package let release: Release?
    /// The newest snapshot when the walk began; nil if there was none.
    package let after: Seq?
    /// The command that records: the same in each try.
    package let attempt: RandomID

    package init(
        environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, after: Seq?,
        attempt: RandomID
    ) {
        self.environment = environment
        self.observation = observation
        self.release = release
        self.after = after
        self.attempt = attempt
    }
}
