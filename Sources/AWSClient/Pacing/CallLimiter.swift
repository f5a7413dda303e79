import CivilTime
import Locking

/// Limits the calls to one service in one region: a fixed number runs concurrently, in the order of arrival, and
/// `CallSpacing` spaces them out.
final class CallLimiter: Sendable {
    private struct State {
        var slots: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var lastID: UInt64 = 0
        var spacing = CallSpacing()
    }

    private let state: Locked<State>

    /// Creates a limiter.
    /// - Parameter slots: The most concurrent calls, at least 1.
    init(slots: Int) { state = Locked(State(slots: max(1, slots))) }

    /// Runs a call as soon as a slot is free.
    /// - Parameters:
    ///   - cancelled: The error to throw if the task is cancelled before the call begins.
    ///   - isThrottled: Whether the call failed because AWS throttled it.
    func run<Value, Failure: Error>(
        _ clock: ProgramClock, cancelled: Failure, isThrottled: (Failure) -> Bool,
        _ call: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        guard await enter() else { throw cancelled }
        defer { leave() }
        let wait = state.withLock { $0.spacing.wait(at: clock.elapsed()) }
        if wait > .zero {
            do { try await clock.sleep(wait) } catch { throw cancelled }
        }
        let began = clock.elapsed()
        do throws(Failure) {
            let value = try await call()
            state.withLock { $0.spacing.recordSuccess() }
            return value
        } catch {
            if isThrottled(error) { state.withLock { $0.spacing.recordThrottle(began: began, now: clock.elapsed()) } }
            throw error
        }
    }

    /// Waits for a slot.
    /// - Returns: False if the task was cancelled first.
    private func enter() async -> Bool {
        let id = state.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSettled: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    guard state.slots > 0 else {
                        state.waiting.append((id, continuation))
                        return nil
                    }
                    state.slots -= 1
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

    /// Hands the slot to the call that has waited longest, or frees it.
    private func leave() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.slots += 1
                return nil as CheckedContinuation<Bool, Never>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
