import Locking

/// Where the calls to one service in one region pass: so many side by side, in the order in which they came, and as far
/// apart as `CallPace` has it.
final class CallGate: Sendable {
    private struct State {
        var places: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastID: UInt64 = 0
        var pace = CallPace()
    }

    private let state: Locked<State>

    /// - Parameter places: How many calls may run side by side: at least 1.
    init(places: Int) { state = Locked(State(places: max(1, places))) }

    /// Runs a call once there is room for it.
    /// - Parameter cancelled: What to throw where the task is cancelled before the call begins.
    func pass<Value, Failure: Error>(
        _ clock: ClientClock, cancelled: Failure, isThrottled: (Failure) -> Bool,
        _ call: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard await enter() else { throw cancelled }
        defer { leave() }
        let wait = state.withLock { $0.pace.wait(at: clock.elapsed()) }
        if wait > .zero {
            do { try await clock.sleep(wait) } catch { throw cancelled }
        }
        let began = clock.elapsed()
        do throws(Failure) {
            let value = try await call()
            state.withLock { $0.pace.noteSuccess() }
            return value
        } catch {
            if isThrottled(error) { state.withLock { $0.pace.noteThrottled(began: began, now: clock.elapsed()) } }
            throw error
        }
    }

    /// Waits for a place.
    /// - Returns: False where the task was cancelled first.
    private func enter() async -> Bool {
        let id = state.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSettled: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    guard state.places > 0 else {
                        state.waiting.append((id, continuation))
                        return nil
                    }
                    state.places -= 1
                    return true
                }
                if let isSettled { continuation.resume(returning: isSettled) }
            }
        } onCancel: {
            let cancelled = state.withLock { state in
                let index = state.waiting.firstIndex { $0.id == id }
                return index.map { state.waiting.remove(at: $0).continuation }
            }
            cancelled?.resume(returning: false)
        }
    }

    /// Hands the place on to who has waited longest.
    private func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.places += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
