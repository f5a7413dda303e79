import Tidemark

extension History {
    /// Takes a snapshot and appends it: the whole of `tidemark record`, over any source of looks.
    ///
    /// Recorders of one environment walk in turns. If another one recorded all the same since the walk began, the walk is
    /// repeated, so that an older look never overwrites a newer one. The file is made only when there is something to
    /// append.
    /// - Parameters:
    ///   - isWaiting: Is called once if the turn does not come soon.
    ///   - walk: Looks at the environment; is given what is known of it.
    /// - Throws: `Failure`; `CancellationError` where the task was cancelled, with nothing recorded; what `walk` throws.
    public static func record(
        at path: String, environment: EnvironmentName, release: Release?, patience: Patience = Patience(),
        clock: () -> Timestamp = Timestamp.now, isWaiting: () -> Void = {}, walk: (Head?) async throws -> Look
    ) async throws -> Receipt {
        let deadline = ContinuousClock.now + patience.total
        let turn = try await Turn.take(at: path, environment, patience, isWaiting: isWaiting)
        defer { turn?.end() }
        repeat {
            let known = try knownHead(of: environment, at: path)
            let look = try await walk(known)
            // A walk that was cancelled did not see what it could not ask any more.
            try Task.checkCancellation()
            let recording = Recording(environment: environment, look: look, release: release, after: known?.snapshot)
            if let receipt = try open(appendingAt: path).append(recording, clock: clock) { return receipt }
        } while ContinuousClock.now < deadline
        throw Failure(
            .conflict, "'\(environment)' was not recorded",
            why: "others kept recording it for \(patience.total.components.seconds) seconds",
            remedy: "try again when they have finished")
    }

    /// The head of an environment's chain in a file that need not be there yet; nil where nothing is known of it.
    public static func knownHead(of environment: EnvironmentName, at path: String) throws(Failure) -> Head? {
        do {
            return try open(readingAt: path).head(of: environment)
        } catch let failure where failure.code == .notFound {
            return nil
        }
    }
}
