import CivilTime

/// An observation that is to be appended as a snapshot.
package struct Recording: Sendable {
    package let environment: EnvironmentName
    package let observation: EnvironmentObservation
    package let release: Release?
    /// The newest snapshot when the walk began; nil if there was none.
    package let after: Seq?
    /// The newest binding when the walk began; nil if there was none, or the store cannot have another one since.
    package let binding: EnvironmentBinding?
    /// The command that records: the same in each try.
    package let attempt: RandomID

    package init(
        environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, after: Seq?,
        binding: EnvironmentBinding? = nil, attempt: RandomID
    ) {
        self.environment = environment
        self.observation = observation
        self.release = release
        self.after = after
        self.binding = binding
        self.attempt = attempt
    }

    /// AWS's time now, if it answered with its time; else this machine's.
    package func time(of clock: ProgramClock) -> (at: Timestamp, clock: EntryClock) {
        observation.awsClock.map { ($0.time(at: clock.elapsed()), .aws) } ?? (clock.now(), .machine)
    }
}
