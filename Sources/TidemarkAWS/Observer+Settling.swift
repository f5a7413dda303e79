import AWSClient
import Tidemark

extension Observer {
    /// Polls the description of an environment until it is settled, which needs only that one question.
    ///
    /// The first pause is a second, each further one twice as long, up to 15 seconds: a deploy takes minutes, and its
    /// pipeline calls the same service. A reason that only another question shows is found by the next walk.
    /// - Parameters:
    ///   - ebEnvironment: The Elastic Beanstalk environment's name.
    ///   - reasons: Why it was unsettled when it was last observed; the first pause is then the longest. Empty if that is not
    ///     known.
    ///   - bound: The binding of the environment's name, if there is one.
    ///   - acceptsNewID: Whether an environment that was rebuilt under its old name is accepted.
    ///   - timeout: The longest time to wait in all.
    /// - Returns: Why it is unsettled after that time; empty if it is settled.
    /// - Throws: `Failure` as `observe` does; `CancellationError` if the task is cancelled during a pause.
    public func waitUntilSettled(
        _ ebEnvironment: String, unsettled reasons: [UnsettledReason] = [], bound: EnvironmentBinding? = nil,
        acceptsNewID: Bool = false, timeout: Duration
    ) async throws -> [UnsettledReason] {
        let deadline = clock.elapsed() + timeout
        let caller = try await Caller.establish(client, clock: clock)
        var pauses = Pauses(isFirstLong: !reasons.isEmpty)
        var reasons = reasons
        if reasons.isEmpty {
            reasons = try await unsettled(ebEnvironment, as: caller, bound: bound, acceptsNewID: acceptsNewID)
        }
        while !reasons.isEmpty {
            report(.unsettled(reasons))
            let left = deadline - clock.elapsed()
            guard left > .zero else { return reasons }
            try await clock.sleep(min(left, pauses.next()))
            reasons = try await unsettled(ebEnvironment, as: caller, bound: bound, acceptsNewID: acceptsNewID)
        }
        report(.unsettled([]))
        return []
    }

    /// Why an environment is unsettled, by the question that establishes it.
    private func unsettled(
        _ ebEnvironment: String, as caller: Caller, bound: EnvironmentBinding?, acceptsNewID: Bool
    ) async throws(Failure) -> [UnsettledReason] {
        var walk = try walk(as: caller, bound: bound)
        _ = try await walk.establish(ResourceID(kinds.anchor.kind, ebEnvironment))
        _ = try bind(ebEnvironment, walk.place, walk: walk, bound: bound, acceptsNewID: acceptsNewID)
        return walk.builder.unsettled
    }
}

/// The pauses between polls: each is twice as long as the one before.
private struct Pauses {
    private static let longest = Duration.seconds(15)
    private var pause: Duration

    init(isFirstLong: Bool) { pause = isFirstLong ? Self.longest : .seconds(1) }

    mutating func next() -> Duration {
        defer { pause = min(pause * 2, Self.longest) }
        return pause
    }
}
