/// The interval between the starts of calls to one service in one region: zero until AWS throttles one.
///
/// A throttled call doubles the interval; a successful one reduces it by a tenth. Modelled on botocore's retry mode
/// `adaptive`, whose rate falls with a throttled call and recovers with time.
struct CallSpacing {
    private static let initialInterval: Duration = .milliseconds(100)
    private static let longestInterval: Duration = .seconds(2)
    /// The interval below which calls are not spaced.
    private static let shortestInterval: Duration = .milliseconds(20)

    private(set) var interval: Duration = .zero
    /// The earliest start of the next call. All times are those of a clock that never goes back.
    private var next: Duration = .zero
    /// The time of the last increase.
    private var lastIncrease: Duration = .zero

    /// Schedules the next call.
    /// - Returns: The time that the call has to wait.
    mutating func wait(at now: Duration) -> Duration {
        guard interval > .zero else { return .zero }
        let start = max(now, next)
        next = start + interval
        return start - now
    }

    /// Doubles the interval after a throttled call.
    /// - Parameter began: The start of the call. Of concurrent calls only the first throttled one counts: the others
    ///   had started before it was known.
    mutating func recordThrottle(began: Duration, now: Duration) {
        guard began >= lastIncrease else { return }
        interval = min(max(interval * 2, Self.initialInterval), Self.longestInterval)
        lastIncrease = now
        next = now + interval
    }

    mutating func recordSuccess() {
        interval = interval * 9 / 10
        if interval < Self.shortestInterval { interval = .zero }
    }
}
