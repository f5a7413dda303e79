import CivilTime
import Synchronization
import Tidemark

@testable import TidemarkHistory

/// Clocks that a test advances; a sleep advances them, and returns at once.
final class ManualClock: Sendable {
    private let elapsed = Mutex(Duration.zero)
    private let sleeps = Mutex(0)

    /// How often somebody slept.
    var sleepCount: Int { sleeps.withLock { $0 } }

    func advance(_ duration: Duration) { elapsed.withLock { $0 += duration } }

    var clock: ProgramClock {
        ProgramClock(
            millisecondsSince1970: { 1_795_466_443_123 },
            elapsed: { self.elapsed.withLock { $0 } },
            sleep: { duration in
                try Task.checkCancellation()
                self.sleeps.withLock { $0 += 1 }
                self.advance(duration)
            },
            random: { 0.5 })
    }
}
