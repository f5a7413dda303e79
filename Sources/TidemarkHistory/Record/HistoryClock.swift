import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The clocks, the sleep and the random numbers of a recorder, passed in so that a test never sleeps.
public struct HistoryClock: Sendable {
    /// The time of day.
    public var now: @Sendable () -> Timestamp
    /// Time since a fixed moment, on a clock that never goes back; for deadlines.
    public var elapsed: @Sendable () -> Duration
    /// Sleeps; throws `CancellationError` if the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number in 0..<1, for jitter.
    public var random: @Sendable () -> Double

    /// Creates a clock from its parts.
    public init(
        now: @escaping @Sendable () -> Timestamp, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    /// The system's clocks and random numbers.
    public static let system: HistoryClock = {
        let start = ContinuousClock.now
        return HistoryClock(
            now: timeOfDay, elapsed: { ContinuousClock.now - start }, sleep: { try await Task.sleep(for: $0) },
            random: { Double.random(in: 0..<1) })
    }()

    private static func timeOfDay() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSince1970: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
