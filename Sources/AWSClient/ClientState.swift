import Locking

/// The facts that a client learns from AWS's answers for its next calls. All copies of a client share them.
final class ClientState: Sendable {
    private struct Values {
        var bucketRegions: [String: String] = [:]
        var clockError: Duration = .zero
        var limiters: [String: CallLimiter] = [:]
    }

    private let values = Locked(Values())
    private let maximumConcurrentCalls: Int

    init(maximumConcurrentCalls: Int) { self.maximumConcurrentCalls = maximumConcurrentCalls }

    /// The region in which a bucket was found, or nil if no call has found it.
    func region(ofBucket name: String) -> String? { values.withLock { $0.bucketRegions[name] } }

    func record(region: String, ofBucket name: String) { values.withLock { $0.bucketRegions[name] = region } }

    /// The time by which AWS's clock is ahead of this machine's; zero unless AWS has refused a request because of it.
    var clockError: Duration { values.withLock { $0.clockError } }

    /// Records the clock error.
    /// - Returns: Whether it differs noticeably from the recorded one.
    func record(clockError: Duration) -> Bool {
        values.withLock { values in
            let isNew = values.clockError.distance(to: clockError) >= ClockSkew.tolerance
            values.clockError = clockError
            return isNew
        }
    }

    func limiter(_ service: String, _ region: String) -> CallLimiter {
        values.withLock { values in
            let key = "\(service) \(region)"
            if let limiter = values.limiters[key] { return limiter }
            let limiter = CallLimiter(slots: maximumConcurrentCalls)
            values.limiters[key] = limiter
            return limiter
        }
    }
}

extension Duration {
    /// The absolute difference.
    fileprivate func distance(to other: Duration) -> Duration { self > other ? self - other : other - self }
}
