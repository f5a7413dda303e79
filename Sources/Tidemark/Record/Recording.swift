import CivilTime

/// An observation that is to be appended as a snapshot.
package struct Recording: Sendable {
    package let environment: EnvironmentName
    package let observation: EnvironmentObservation
    package internal(set) var release: Release?
    /// Has the release signed over the end of the chain; nil if it is not signed.
    let signer: BookingSigner?
    /// The release's booking that was signed, and the key that verifies it; nil if none was.
    package internal(set) var signed: SignedBooking?
    /// The id of the log, if the recording begins it.
    let newLog: RandomID
    /// The newest snapshot when the walk began; nil if there was none.
    package let after: Seq?
    /// The newest binding when the walk began; nil if there was none, or the store cannot have another one since.
    package let binding: EnvironmentBinding?
    /// The command that records: the same in each try.
    package let attempt: RandomID
    /// The ARN of the caller who records, attested by AWS; nil if nobody attested it.
    package let caller: String?
    /// When and by whom it was observed, if it is recorded later.
    package let late: SnapshotBody.Late?

    package init(
        environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, after: Seq?,
        binding: EnvironmentBinding? = nil, attempt: RandomID, signer: BookingSigner? = nil,
        newLog: RandomID = RandomID()
    ) {
        caller = observation.caller
        self.signer = signer
        self.newLog = newLog
        late = nil
        self.environment = environment
        self.observation = observation
        self.release = release
        self.after = after
        self.binding = binding
        self.attempt = attempt
    }

    /// An observation from a file.
    /// - Parameters:
    ///   - head: The end of the chain; nil for a new one.
    ///   - after: The newest snapshot, which must be older than the observation; nil if there is none.
    ///   - caller: The ARN of the caller who records, attested by AWS; nil if nobody attested it.
    ///   - clock: AWS's clock now; nil for this machine's.
    package init(
        _ file: ObservationFile, over head: ChainHead?, after: Seq?, caller: String?, clock: ClockReading?
    ) {
        environment = file.environment
        var observation = file.observation(beside: head)
        observation.awsClock = clock
        self.observation = observation
        release = file.release?.identified(by: .unsigned(.recordedLater))
        signer = nil
        newLog = RandomID()
        self.after = after
        binding = head?.binding
        attempt = file.attempt
        self.caller = caller
        late = file.late
    }

    /// AWS's time now, if it answered with its time; else this machine's.
    package func time(of clock: ProgramClock) -> (at: Timestamp, clock: EntryClock) {
        observation.awsClock.map { ($0.time(at: clock.elapsed()), .aws) } ?? (clock.now(), .machine)
    }
}
