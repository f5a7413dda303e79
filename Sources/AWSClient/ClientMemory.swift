import Locking

/// What a client learns from AWS's answers and needs for its next calls; all copies of a client share it.
final class ClientMemory: Sendable {
    private struct State {
        var bucketRegions: [String: String] = [:]
        var clockError: Duration = .zero
        var gates: [String: CallGate] = [:]
    }

    private let state = Locked(State())
    private let callsSideBySide: Int

    init(callsSideBySide: Int) { self.callsSideBySide = callsSideBySide }

    /// Where a bucket was found to lie.
    func region(ofBucket name: String) -> String? { state.withLock { $0.bucketRegions[name] } }

    func note(region: String, ofBucket name: String) { state.withLock { $0.bucketRegions[name] = region } }

    /// How far AWS's clock is ahead of this machine's, where AWS has refused a request because of it.
    var clockError: Duration { state.withLock { $0.clockError } }

    /// - Returns: Whether that is news.
    func note(clockError: Duration) -> Bool {
        state.withLock { state in
            let isNews = state.clockError.distance(to: clockError) >= ClockSkew.tolerance
            state.clockError = clockError
            return isNews
        }
    }

    /// The gate of a service in a region.
    func gate(_ service: String, _ region: String) -> CallGate {
        state.withLock { state in
            let key = "\(service) \(region)"
            if let gate = state.gates[key] { return gate }
            let gate = CallGate(places: callsSideBySide)
            state.gates[key] = gate
            return gate
        }
    }
}

extension Duration {
    /// How far both are apart, whichever is longer.
    fileprivate func distance(to other: Duration) -> Duration { self > other ? self - other : other - self }
}
