import CivilTime
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
    ///   - whenUnsettled: What happens if the environment is unsettled.
    ///   - lockTimeout: The limits on the wait for other recorders.
    ///   - clock: The clocks; another one than `.system` in tests.
    ///   - isWaiting: Called once if other recorders are waited for longer than `lockTimeout.quiet`.
    ///   - walk: Observes the environment; receives the newest entry of its log, nil if it has none.
    /// - Returns: The appended snapshot.
    /// - Throws: `Failure`, with the code `unsettled` for an unsettled environment and `conflict` for a walk that was overtaken
    ///   until the timeout; `CancellationError`; what `walk` throws. Nothing is recorded then.
    public static func record(
        at path: String, images: ImageIndex, environment: EnvironmentName, release: Release?,
        whenUnsettled: SettlingPolicy = .refuse, lockTimeout: LockTimeout = LockTimeout(),
        clock: ProgramClock = .system, isWaiting: () -> Void = {},
        walk: (Head?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        let gate = SettlingGate(environment, release: release, whenUnsettled, clock: clock)
        try await gate.waitUntilSettled()
        while true {
            let result = try await locked(at: path, environment, lockTimeout, clock, isWaiting: isWaiting) {
                let head = try newestHead(of: environment, at: path, images: images)
                let observation = try await walk(head)
                // A cancelled walk did not observe everything.
                try Task.checkCancellation()
                guard gate.passes(observation) else { return .unsettled(observation.unsettled) }
                let pending = PendingSnapshot(
                    environment: environment, observation: observation, release: release, after: head?.snapshot)
                let history = try open(appendingAt: path, images: images)
                return try history.append(pending, now: { clock.now() }).map(WalkResult.recorded) ?? .overtaken
            }
            switch result {
            case .recorded(let appended): return appended
            case .unsettled(let reasons): try await gate.waitUntilSettled(reasons)
            case .overtaken:
                throw Failure(
                    .conflict, "'\(environment)' was not recorded",
                    why: "other processes kept recording it for \(lockTimeout.total.components.seconds) seconds",
                    remedy: "try again when they have finished")
            }
        }
    }

    /// How one walk ended.
    private enum WalkResult {
        case recorded(AppendedSnapshot)
        case unsettled([UnsettledReason])
        /// Another recorder appended since the walk began.
        case overtaken
    }

    /// Runs a walk under the lock, and repeats it while it is overtaken, until the timeout.
    private static func locked(
        at path: String, _ environment: EnvironmentName, _ timeout: LockTimeout, _ clock: ProgramClock,
        isWaiting: () -> Void, _ walk: () async throws -> WalkResult
    ) async throws -> WalkResult {
        let deadline = clock.elapsed() + timeout.total
        let lock = try await RecorderLock.acquire(
            for: path, environment, timeout, clock: clock, isWaiting: isWaiting)
        defer { lock?.release() }
        while true {
            let result = try await walk()
            guard case .overtaken = result, clock.elapsed() < deadline else { return result }
        }
    }

    /// The newest entry of an environment; nil if the file does not exist yet or has no such environment.
    private static func newestHead(
        of environment: EnvironmentName, at path: String, images: ImageIndex
    ) throws(Failure) -> Head? {
        do {
            return try open(readingAt: path, images: images).head(of: environment)
        } catch let failure where failure.code == .notFound {
            return nil
        }
    }
}
