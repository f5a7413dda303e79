import CCurl

/// The loop of the thread that drives libcurl. Its state belongs to that thread alone.
final class CurlWorker {
    /// The longest sleep in milliseconds; libcurl's own timers and the queue wake the thread earlier.
    private static let longestSleep: Int32 = 60_000

    private let multi: UnsafeMutableRawPointer
    private let configuration: CurlTransport.Configuration
    private var waiting: [TransferRequest] = []
    private var transfers: [UInt64: CurlTransfer] = [:]

    init(_ multi: UnsafeMutableRawPointer, _ configuration: CurlTransport.Configuration) {
        self.multi = multi
        self.configuration = configuration
    }

    deinit { libcurl_multi_cleanup(multi) }

    func run(_ queue: TransferQueue) {
        while true {
            let batch = queue.collect()
            waiting += batch.requests
            if batch.isStopping { return cancelAll() }
            cancel(batch.cancelled)
            admit()
            var running: Int32 = 0
            libcurl_multi_perform(multi, &running)
            let isIdle = !finish() || waiting.isEmpty
            if isIdle { libcurl_multi_poll(multi, nil, 0, Self.longestSleep, nil) }
        }
    }

    /// Starts waiting requests up to the limit.
    private func admit() {
        let count = min(waiting.count, max(0, configuration.maximumTransfers - transfers.count))
        for request in waiting.prefix(count) { start(request) }
        waiting.removeFirst(count)
    }

    private func start(_ request: TransferRequest) {
        guard let transfer = CurlTransfer(request, configuration) else {
            let error = TransportError(.invalid, "libcurl refuses the request")
            return request.continuation.resume(returning: .failure(error))
        }
        transfers[request.id] = transfer
        if libcurl_multi_add_handle(multi, transfer.handle) != CURLM_OK {
            end(transfer, .failure(TransportError(.invalid, "libcurl refuses the request")))
        }
    }

    /// Returns the results of finished transfers.
    /// - Returns: Whether there were any.
    private func finish() -> Bool {
        var hasFinished = false
        var left: Int32 = 0
        while let message = libcurl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let result = libcurl_message_result(message)
            let handle = message.pointee.easy_handle
            guard let transfer = transfers.values.first(where: { $0.handle == handle }) else { continue }
            end(transfer, transfer.result(result))
            hasFinished = true
        }
        return hasFinished
    }

    private func cancel(_ ids: Set<UInt64>) {
        guard !ids.isEmpty else { return }
        let failure = Result<HTTPResponse, TransportError>.failure(TransportError(.cancelled, "cancelled"))
        for request in waiting where ids.contains(request.id) { request.continuation.resume(returning: failure) }
        waiting.removeAll { ids.contains($0.id) }
        for id in ids {
            if let transfer = transfers[id] { end(transfer, failure) }
        }
    }

    private func cancelAll() {
        cancel(Set(waiting.map(\.id)).union(transfers.keys))
    }

    private func end(_ transfer: CurlTransfer, _ result: Result<HTTPResponse, TransportError>) {
        libcurl_multi_remove_handle(multi, transfer.handle)
        transfers[transfer.id] = nil
        transfer.continuation.resume(returning: result)
    }
}
