import CCurl

/// The work of the thread that drives libcurl. Everything in it belongs to that thread alone.
final class CurlWorker {
    /// How long to sleep when nothing happens, in milliseconds; libcurl's own timers and the mailbox wake it earlier.
    private static let longestSleep: Int32 = 60_000

    private let multi: UnsafeMutableRawPointer
    private let configuration: CurlTransport.Configuration
    private var waiting: [TransferOrder] = []
    private var transfers: [UInt64: CurlTransfer] = [:]

    init(_ multi: UnsafeMutableRawPointer, _ configuration: CurlTransport.Configuration) {
        self.multi = multi
        self.configuration = configuration
    }

    deinit { libcurl_multi_cleanup(multi) }

    func run(_ loop: CurlLoop) {
        while true {
            let mail = loop.collect()
            waiting += mail.orders
            if mail.isStopping { return cancelAll() }
            cancel(mail.cancelled)
            admit()
            var running: Int32 = 0
            libcurl_multi_perform(multi, &running)
            let isIdle = !finish() || waiting.isEmpty
            if isIdle { libcurl_multi_poll(multi, nil, 0, Self.longestSleep, nil) }
        }
    }

    /// Starts what waits, as far as the limit allows.
    private func admit() {
        let count = min(waiting.count, max(0, configuration.maximumTransfers - transfers.count))
        for order in waiting.prefix(count) { start(order) }
        waiting.removeFirst(count)
    }

    private func start(_ order: TransferOrder) {
        guard let transfer = CurlTransfer(order, configuration) else {
            let error = TransportError(.invalid, "libcurl refuses the request")
            return order.continuation.resume(returning: .failure(error))
        }
        transfers[order.id] = transfer
        if libcurl_multi_add_handle(multi, transfer.handle) != CURLM_OK {
            end(transfer, .failure(TransportError(.invalid, "libcurl refuses the request")))
        }
    }

    /// Hands over what libcurl has finished; whether there was anything.
    private func finish() -> Bool {
        var hasFinished = false
        var left: Int32 = 0
        while let message = libcurl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let result = libcurl_message_result(message)
            let handle = message.pointee.easy_handle
            guard let transfer = transfers.values.first(where: { $0.handle == handle }) else { continue }
            end(transfer, transfer.outcome(result))
            hasFinished = true
        }
        return hasFinished
    }

    private func cancel(_ ids: Set<UInt64>) {
        guard !ids.isEmpty else { return }
        let failure = Result<HTTPResponse, TransportError>.failure(TransportError(.cancelled, "cancelled"))
        for order in waiting where ids.contains(order.id) { order.continuation.resume(returning: failure) }
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
