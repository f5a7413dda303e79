import CCurl
import Locking

typealias TransferContinuation = CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

/// A request that waits for the thread that sends it.
struct TransferRequest {
    let id: UInt64
    let request: HTTPRequest
    let continuation: TransferContinuation
}

/// The queue between the tasks that send requests and the thread that drives libcurl.
final class TransferQueue: Sendable {
    /// The requests and cancellations since the thread last looked.
    struct Batch {
        var requests: [TransferRequest] = []
        /// The cancelled transfers whose tasks have not returned yet.
        var cancelled: Set<UInt64> = []
        var isStopping = false
    }

    private struct State {
        var lastID: UInt64 = 0
        var pending = Batch()
        /// libcurl's handle while the thread runs. Other threads use it only to wake that thread, and only under the
        /// lock, so that it cannot be freed meanwhile.
        var multi: UnsafeMutableRawPointer?

        func wake() {
            if let multi { libcurl_multi_wakeup(multi) }
        }
    }

    private let configuration: CurlTransport.Configuration
    private let state = Locked(State())

    init(_ configuration: CurlTransport.Configuration) { self.configuration = configuration }

    func nextID() -> UInt64 {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    func start(_ transfer: TransferRequest) {
        let isAccepted = state.withLock { state in
            if state.multi == nil { state.multi = startWorker() }
            guard state.multi != nil else { return false }
            state.pending.requests.append(transfer)
            state.wake()
            return true
        }
        if !isAccepted {
            transfer.continuation.resume(
                returning: .failure(TransportError(.invalid, "libcurl cannot be started: \(CurlLibrary.failure)")))
        }
    }

    private func startWorker() -> UnsafeMutableRawPointer? {
        guard CurlLibrary.isReady, let multi = libcurl_multi_init() else { return nil }
        let configuration = configuration
        // The limit includes idle connections.
        libcurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumTransfers)
        // From here on the handle belongs to the thread that receives its address.
        let address = UInt(bitPattern: multi)
        let isStarted = DetachedThread.start { [self] in
            guard let multi = UnsafeMutableRawPointer(bitPattern: address) else { return }
            CurlWorker(multi, configuration).run(self)
        }
        if !isStarted { libcurl_multi_cleanup(multi) }
        return isStarted ? multi : nil
    }

    /// Cancels a transfer, even before the thread has received it.
    func cancel(_ id: UInt64) {
        state.withLock { state in
            state.pending.cancelled.insert(id)
            state.wake()
        }
    }

    /// Forgets the cancellation of a finished transfer.
    func forget(_ id: UInt64) {
        state.withLock { _ = $0.pending.cancelled.remove(id) }
    }

    /// Stops the thread; nothing may be sent afterwards.
    func stop() {
        state.withLock { state in
            state.pending.isStopping = true
            state.wake()
        }
    }

    /// Returns the pending requests and cancellations to the thread. After `isStopping` the thread is no longer woken.
    func collect() -> Batch {
        state.withLock { state in
            defer { state.pending.requests = [] }
            if state.pending.isStopping { state.multi = nil }
            return state.pending
        }
    }
}
