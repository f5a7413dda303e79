/// The clocks, the sleep and the random numbers of a client, passed in so that a test never sleeps.
public struct ClientClock: Sendable {
    /// The time of day, for signatures.
    public var now: @Sendable () -> UTCTime
    /// Time since a fixed moment, on a clock that never goes back; for deadlines.
    public var elapsed: @Sendable () -> Duration
    /// Sleeps; throws `CancellationError` if the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number in 0..<1, for jitter.
    public var random: @Sendable () -> Double

    /// Creates a clock from its parts.
    public init(
        now: @escaping @Sendable () -> UTCTime,
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    /// The system's clocks and random numbers.
    public static let system: ClientClock = {
        let start = ContinuousClock.now
        return ClientClock(
            now: UTCTime.now,
            elapsed: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) },
            random: { Double.random(in: 0..<1) })
    }()
}
