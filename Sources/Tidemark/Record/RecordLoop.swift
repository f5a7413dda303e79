import CivilTime

/// Observes an environment and appends the observation to a store, again while other recorders are faster.
package struct RecordLoop {
    private let environment: EnvironmentName
    private let release: Release?
    private let signer: BookingSigner?
    private let probe: @Sendable () async throws -> [ProbeResult]
    private let attempt: RandomID
    private let gate: SettlingGate
    private let clock: ProgramClock
    private let timeout: Duration

    /// - Parameters:
    ///   - signer: Has the release signed, between the walk and the append; nil if it is not signed.
    ///   - probe: Asks the addresses of the release, after a walk that is recorded.
    ///   - attempt: The command that records.
    ///   - timeout: How long a walk that was overtaken is repeated.
    package init(
        _ environment: EnvironmentName, release: Release?, signer: BookingSigner? = nil,
        probe: @escaping @Sendable () async throws -> [ProbeResult] = { [] }, whenUnsettled: SettlingPolicy,
        attempt: RandomID,
        timeout: Duration, clock: ProgramClock
    ) {
        self.environment = environment
        self.release = release
        self.signer = signer
        self.probe = probe
        self.attempt = attempt
        self.timeout = timeout
        self.clock = clock
        gate = SettlingGate(environment, release: release, whenUnsettled, clock: clock)
    }

    /// How one walk ended.
    private enum WalkResult {
        case recorded(AppendedSnapshot)
        case unsettled([UnsettledReason])
        /// Another recorder appended since the walk began.
        case overtaken
    }

    /// Runs until a snapshot is recorded.
    /// - Parameters:
    ///   - lock: Waits until no other recorder of the environment walks; returns what lets the next one walk. An unsettled
    ///     environment is waited for without the lock.
    ///   - walk: Observes the environment; receives the end of its chain, nil for a new one.
    /// - Throws: `Failure` with the code `unsettled` for an unsettled environment and `conflict` for a walk that was overtaken
    ///   until the timeout; `CancellationError`; what `walk` throws. Nothing is recorded then.
    package func record(
        in store: some EntryStore, lock: () async throws -> () -> Void,
        walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await gate.waitUntilSettled()
        while true {
            switch try await walkUnderLock(store, lock, walk) {
            case .recorded(let appended): return appended
            case .unsettled(let reasons): try await gate.waitUntilSettled(reasons)
            case .overtaken:
                throw Failure(
                    .conflict, "'\(environment)' was not recorded",
                    why: "other processes kept recording it for \(timeout.components.seconds) seconds",
                    remedy: "try again when they have finished")
            }
        }
    }

    /// Repeats the walk while it is overtaken, until the timeout.
    private func walkUnderLock(
        _ store: some EntryStore, _ lock: () async throws -> () -> Void,
        _ walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> WalkResult {
        let deadline = clock.elapsed() + timeout
        let unlock = try await lock()
        defer { unlock() }
        while true {
            let result = try await walkOnce(store, walk)
            guard case .overtaken = result, clock.elapsed() < deadline else { return result }
        }
    }

    private func walkOnce(
        _ store: some EntryStore, _ walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> WalkResult {
        let head = try await store.head(of: environment)
        try head?.checkIsOpen()
        let observation = try await walk(head)
        // A cancelled walk did not observe everything.
        try Task.checkCancellation()
        guard gate.passes(observation) else { return .unsettled(observation.unsettled) }
        let release = if let release { release.probed(try await probe()) } else { Release?.none }
        let recording = Recording(
            environment: environment, observation: observation, release: release, after: head?.snapshot,
            binding: head?.binding, attempt: attempt, signer: signer)
        return try await store.publish(recording).map(WalkResult.recorded) ?? .overtaken
    }
}
