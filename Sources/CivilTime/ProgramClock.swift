#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The clocks, the sleep and the random numbers of a program, passed in so that a test never sleeps.
public struct ProgramClock: Sendable {
    /// The time of day, in milliseconds since 1970-01-01T00:00:00Z. It can be wrong, and can go back.
    public var millisecondsSince1970: @Sendable () -> Int64
    /// Time since a fixed moment, on a clock that never goes back; for deadlines.
    public var elapsed: @Sendable () -> Duration
    /// Sleeps; throws `CancellationError` if the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A random number in 0..<1, for jitter.
    public var random: @Sendable () -> Double

    /// Creates a clock from its parts.
    public init(
        millisecondsSince1970: @escaping @Sendable () -> Int64, elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.millisecondsSince1970 = millisecondsSince1970
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    /// The system's clocks and random numbers.
    public static let system: ProgramClock = {
        let start = ContinuousClock.now
        return ProgramClock(
            millisecondsSince1970: timeOfDay, elapsed: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) })
    }()

    private static func timeOfDay() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
