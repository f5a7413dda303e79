import AWSClient
import Tidemark

extension Observer {
    /// Waits until an environment is at rest, as far as the question that establishes it tells: only that one is asked.
    ///
    /// It is asked again after a second, and then ever less often, in the end every 15 seconds: a deploy takes minutes, and
    /// whoever carries it out calls the same service. What the environment's other questions tell of it, the walk finds.
    /// - Parameters:
    ///   - ebEnvironment: Its name in AWS.
    ///   - reasons: Why it was not at rest when it was last looked at; then it is given the longest pause first. Empty where
    ///     that is not known.
    ///   - bound: What the environment's name is bound to, if it is.
    ///   - acceptsNewID: Whether an environment that was rebuilt under its old name is accepted.
    /// - Returns: Why it is not at rest when the deadline is over; empty where it is.
    /// - Throws: `Failure` as `observation` does; `CancellationError`.
    public func waitForRest(
        of ebEnvironment: String, unsettled reasons: [String] = [], bound: EnvironmentBinding? = nil,
        acceptsNewID: Bool = false,
        until deadline: ContinuousClock.Instant
    ) async throws -> [String] {
        let caller = try await Caller.establish(client)
        var pauses = Pauses(isFirstLong: !reasons.isEmpty)
        var reasons = reasons
        if reasons.isEmpty {
            reasons = try await unsettled(ebEnvironment, as: caller, bound: bound, acceptsNewID: acceptsNewID)
        }
        while !reasons.isEmpty {
            report(.unsettled(reasons))
            let left = deadline - ContinuousClock.now
            guard left > .zero else { break }
            try await Task.sleep(for: min(left, pauses.next()))
            reasons = try await unsettled(ebEnvironment, as: caller, bound: bound, acceptsNewID: acceptsNewID)
        }
        if reasons.isEmpty { report(.unsettled([])) }
        return reasons
    }

    /// Why an environment is not at rest, by the one question that establishes it.
    private func unsettled(
        _ ebEnvironment: String, as caller: Caller, bound: EnvironmentBinding?, acceptsNewID: Bool
    ) async throws(Failure) -> [String] {
        let anchor = ResourceID(kinds.anchor.kind, ebEnvironment)
        var walk = try walk(as: caller, bound: bound)
        walk.reach(anchor)
        try await walk.establish(anchor)
        _ = try bind(ebEnvironment, walk.place, walk: walk, bound: bound, acceptsNewID: acceptsNewID)
        return walk.builder.unsettled
    }
}

/// The pauses between the questions, each twice as long as the one before.
private struct Pauses {
    private static let longest = Duration.seconds(15)
    private var pause: Duration

    init(isFirstLong: Bool) { pause = isFirstLong ? Self.longest : .seconds(1) }

    mutating func next() -> Duration {
        defer { pause = min(pause * 2, Self.longest) }
        return pause
    }
}
