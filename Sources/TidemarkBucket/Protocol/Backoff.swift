import CivilTime

/// Waits between tries, until a time limit. Each wait is a random part of a bound, which doubles.
///
/// Source: "Exponential Backoff And Jitter" of the AWS Architecture Blog, with full jitter.
struct Backoff {
    private let clock: ProgramClock
    private let deadline: Duration
    private var bound = Duration.milliseconds(250)

    private static let maximumBound = Duration.seconds(8)

    init(_ clock: ProgramClock, limit: Duration) {
        self.clock = clock
        deadline = clock.elapsed() + limit
    }

    /// Waits before another try.
    /// - Returns: Whether there is time for another try.
    /// - Throws: What the clock's sleep throws.
    mutating func wait() async throws -> Bool {
        let delay = bound * clock.random()
        bound = min(bound * 2, Self.maximumBound)
        guard clock.elapsed() + delay < deadline else { return false }
        try await clock.sleep(delay)
        return true
    }
}
