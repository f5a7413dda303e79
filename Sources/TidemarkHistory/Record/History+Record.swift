import Tidemark

extension History {
    /// Takes a snapshot and appends it: the whole of `tidemark record`, over any source of looks.
    ///
    /// Recorders of one environment walk in turns. If another one recorded all the same since the walk began, the walk is
    /// repeated, so that an older look never overwrites a newer one. The file is made only when there is something to
    /// append. Nobody has the turn while it waits for the environment to come to rest.
    /// - Parameters:
    ///   - whenUnsettled: What is done about an environment that is not at rest.
    ///   - isWaiting: Is called once if the turn does not come soon.
    ///   - walk: Looks at the environment; is given what is known of it.
    /// - Throws: `Failure`, with the code `unsettled` where it was not recorded because of that; `CancellationError` where
    ///   the task was cancelled, with nothing recorded; what `walk` throws.
    public static func record(
        at path: String, images: ImageIndex, environment: EnvironmentName, release: Release?,
        whenUnsettled: SettlingPolicy = .refuse,
        lockTimeout: LockTimeout = LockTimeout(), clock: () -> Timestamp = Timestamp.now, isWaiting: () -> Void = {},
        walk: (Head?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        let gate = SettlingGate(environment, release: release, whenUnsettled)
        try await gate.open()
        while true {
            let outcome = try await locked(at: path, images, environment, lockTimeout, isWaiting: isWaiting) { known in
                let observation = try await walk(known)
                // A walk that was cancelled did not see what it could not ask any more.
                try Task.checkCancellation()
                guard gate.passes(observation) else { return .unsettled(observation.unsettled) }
                let pending = PendingSnapshot(
                    environment: environment, observation: observation, release: release, after: known?.snapshot)
                return try open(appendingAt: path, images: images).append(pending, clock: clock).map(
                    WalkResult.recorded) ?? .overtaken
            }
            switch outcome {
            case .recorded(let appended): return appended
            case .unsettled(let reasons): try await gate.open(reasons)
            case .overtaken:
                throw Failure(
                    .conflict, "'\(environment)' was not recorded",
                    why: "others kept recording it for \(lockTimeout.total.components.seconds) seconds",
                    remedy: "try again when they have finished")
            }
        }
    }

    /// How one walk ended.
    private enum WalkResult {
        case recorded(AppendedSnapshot)
        /// The environment was not at rest.
        case unsettled([String])
        /// Somebody else recorded since it began.
        case overtaken
    }

    /// Does something in turn, again and again while others do not keep to theirs, as long as one's patience lasts.
    private static func locked(
        at path: String, _ images: ImageIndex, _ environment: EnvironmentName, _ lockTimeout: LockTimeout,
        isWaiting: () -> Void,
        _ body: (Head?) async throws -> WalkResult
    ) async throws -> WalkResult {
        let deadline = ContinuousClock.now + lockTimeout.total
        let lock = try await RecorderLock.take(at: path, environment, lockTimeout, isWaiting: isWaiting)
        defer { lock?.end() }
        while true {
            let outcome = try await body(knownHead(of: environment, at: path, images: images))
            guard case .overtaken = outcome, ContinuousClock.now < deadline else { return outcome }
        }
    }

    /// The head of an environment's chain in a file that need not be there yet; nil where nothing is known of it.
    public static func knownHead(of environment: EnvironmentName, at path: String, images: ImageIndex) throws(Failure)
        -> Head?
    {
        do {
            return try open(readingAt: path, images: images).head(of: environment)
        } catch let failure where failure.code == .notFound {
            return nil
        }
    }
}
