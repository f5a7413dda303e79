import CivilTime
import HistoryFiles
import Tidemark

extension History {
    /// Observes an environment and appends a snapshot of it: all that `tidemark record` does, over any source of observations.
    ///
    /// Recorders of one environment wait for each other. If another recorder appended since the walk began all the same, the
    /// walk is repeated, so that an older observation never overwrites a newer one. The file is created only when there is
    /// something to append. The lock is released while an unsettled environment is waited for.
    ///
    ///     let appended = try await History.record(
    ///         at: "tidemark.sqlite", images: KindRegistry.all.images, environment: EnvironmentName("antenna-production"),
    ///         release: Release(label: "v10")
    ///     ) { head in try await observer.observe(at: "antenna-prod", bound: head?.binding, known: head?.known ?? KnownResources()) }
    ///
    /// - Parameters:
    ///   - path: The history's file.
    ///   - images: How images are found in descriptions: the registry's `images`.
    ///   - environment: The user's name for the environment.
    ///   - release: The release that the environment runs now; nil for a snapshot without one.
    ///   - signer: Has the release signed by a CI provider; nil if it is not signed.
    ///   - probe: Asks the addresses of the release, after the walk.
    ///   - whenUnsettled: What happens if the environment is unsettled.
    ///   - lockTimeout: The limits on the wait for other recorders.
    ///   - clock: The clocks; another one than `.system` in tests.
    ///   - attempt: The command that records; another one than a random one in tests.
    ///   - isWaiting: Called once if other recorders are waited for longer than `lockTimeout.quiet`.
    ///   - walk: Observes the environment; receives the newest entry of its log, nil if it has none.
    /// - Returns: The appended snapshot.
    /// - Throws: `Failure`, with the code `unsettled` for an unsettled environment and `conflict` for a walk that was overtaken
    ///   until the timeout; `CancellationError`; what `walk` throws. Nothing is recorded then.
    public static func record(
        at path: String, images: ImageIndex, environment: EnvironmentName, release: Release?,
        signer: BookingSigner? = nil, probe: @escaping @Sendable () async throws -> [ProbeResult] = { [] },
        whenUnsettled: SettlingPolicy = .refuse, lockTimeout: LockTimeout = LockTimeout(),
        clock: ProgramClock = .system, attempt: RandomID = RandomID(), isWaiting: () -> Void = {},
        walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await record(
            in: FileStore(path: path, images: images, clock: clock), lockedAt: path, environment: environment,
            release: release, signer: signer, probe: probe, whenUnsettled: whenUnsettled, lockTimeout: lockTimeout,
            clock: clock,
            attempt: attempt, isWaiting: isWaiting, walk: walk)
    }

    /// Runs a closure while no other recorder of an environment on this machine walks or appends, as far as a lock can be had.
    /// - Parameter path: The file beside which recorders on this machine lock.
    package static func locked<Value>(
        at path: String, _ environment: EnvironmentName, _ body: () async throws -> Value
    ) async throws -> Value {
        let lock = try await RecorderLock.acquire(
            for: path, environment, LockTimeout(), clock: .system, isWaiting: {})
        defer { lock?.release() }
        return try await body()
    }

    /// Observes an environment and appends a snapshot of it to any store.
    /// - Parameter path: The file beside which recorders on this machine lock.
    package static func record(
        in store: some EntryStore, lockedAt path: String, environment: EnvironmentName, release: Release?,
        signer: BookingSigner? = nil, probe: @escaping @Sendable () async throws -> [ProbeResult] = { [] },
        whenUnsettled: SettlingPolicy, lockTimeout: LockTimeout, clock: ProgramClock,
        attempt: RandomID,
        isWaiting: () -> Void, walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        let loop = RecordLoop(
            environment, release: release, signer: signer, probe: probe, whenUnsettled: whenUnsettled, attempt: attempt,
            timeout: lockTimeout.total, clock: clock)
        return try await loop.record(
            in: store,
            lock: {
                let lock = try await RecorderLock.acquire(
                    for: path, environment, lockTimeout, clock: clock, isWaiting: isWaiting)
                return { lock?.release() }
            }, walk: walk)
    }
}
