import AWSClient
import Tidemark

extension Observer {
    /// Polls an environment until it is settled, as far as its description tells. Only that one question is asked.
    ///
    /// The first pause is a second, each further one twice as long, up to 15 seconds: a deploy takes minutes, and whoever
    /// carries it out calls the same service. A walk finds what the environment's other questions say about it.
    /// - Parameters:
    ///   - ebEnvironment: Its name in AWS.
    ///   - reasons: Why it was unsettled when it was last observed; the first pause is then the longest. Empty if that is not
    ///     known.
    ///   - bound: The binding of the environment's name, if there is one.
    ///   - acceptsNewID: Whether an environment that was rebuilt under its old name is accepted.
    ///   - timeout: How long to wait in all.
    /// - Returns: Why it is unsettled after that time; empty if it is settled.
    /// - Throws: `Failure` as `observe` does; `CancellationError`.
    public func waitUntilSettled(
        _ ebEnvironment: String, unsettled reasons: [UnsettledReason] = [], bound: EnvironmentBinding? = nil,
        acceptsNewID: Bool = false, timeout: Duration
    ) async throws -> [UnsettledReason] {
        let deadline = clock.elapsed() + timeout
        let caller = try await Caller.establish(client)
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
