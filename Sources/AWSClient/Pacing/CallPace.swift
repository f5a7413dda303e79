/// How far apart the calls to one service in one region begin: no distance until AWS throttles one of them.
///
/// A throttled call doubles the distance, a call that succeeds takes a tenth off. Modelled on botocore's retry mode
/// `adaptive`, whose rate falls with a throttled call and grows again with time.
struct CallPace {
    private static let first: Duration = .milliseconds(100)
    private static let widest: Duration = .seconds(2)
    /// What is closer than this is no distance.
    private static let closest: Duration = .milliseconds(20)

    private(set) var distance: Duration = .zero
    /// When the next call may begin. All times are those of a clock that never goes back.
    private var next: Duration = .zero
    /// When the distance last grew.
    private var grown: Duration = .zero

    /// Takes the next place in the row of calls.
    /// - Returns: How long the call has to wait for it.
    mutating func wait(at now: Duration) -> Duration {
        guard distance > .zero else { return .zero }
        let start = max(now, next)
        next = start + distance
        return start - now
    }

    /// - Parameter began: When the call began. Of calls that ran side by side only the first to be throttled counts:
    ///   the others began before anyone knew.
    mutating func noteThrottled(began: Duration, now: Duration) {
        guard began >= grown else { return }
        distance = min(max(distance * 2, Self.first), Self.widest)
        grown = now
        next = now + distance
    }

    mutating func noteSuccess() {
        distance = distance * 9 / 10
        if distance < Self.closest { distance = .zero }
    }
}
