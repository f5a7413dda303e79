import Locking
import CCurl

typealias TransferContinuation = CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

/// A request on its way to the thread that sends it.
struct TransferOrder {
    let id: UInt64
    let request: HTTPRequest
    let continuation: TransferContinuation
}

/// The mailbox between the tasks that send requests and the one thread that drives libcurl.
final class CurlLoop: Sendable {
    /// What the thread finds when it looks.
    struct Mail {
        var orders: [TransferOrder] = []
        /// Everything cancelled that nobody has heard the result of.
        var cancelled: Set<UInt64> = []
        var isStopping = false
    }

    private struct Mailbox {
        var lastID: UInt64 = 0
        var mail = Mail()
        /// libcurl's handle while the thread runs. Others use it only to wake the thread, and only under the lock, so
        /// that it cannot be freed meanwhile.
        var multi: UnsafeMutableRawPointer?

        func wake() {
            if let multi { libcurl_multi_wakeup(multi) }
        }
    }

    private let configuration: CurlTransport.Configuration
    private let mailbox = Locked(Mailbox())

    init(_ configuration: CurlTransport.Configuration) { self.configuration = configuration }

    func nextID() -> UInt64 {
        mailbox.withLock { box in
            box.lastID += 1
            return box.lastID
        }
    }

    func start(_ order: TransferOrder) {
        let isAccepted = mailbox.withLock { box in
            if box.multi == nil { box.multi = startWorker() }
            guard box.multi != nil else { return false }
            box.mail.orders.append(order)
            box.wake()
            return true
        }
        if !isAccepted {
            order.continuation.resume(
                returning: .failure(TransportError(.invalid, "libcurl cannot be started: \(CurlLibrary.obstacle)")))
        }
    }

    private func startWorker() -> UnsafeMutableRawPointer? {
        guard CurlLibrary.isReady, let multi = libcurl_multi_init() else { return nil }
        let configuration = configuration
        // Connections that are kept count too.
        libcurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumTransfers)
        // The address crosses to the thread that owns the handle from here on.
        let address = UInt(bitPattern: multi)
        let isStarted = DetachedThread.start { [self] in
            guard let multi = UnsafeMutableRawPointer(bitPattern: address) else { return }
            CurlWorker(multi, configuration).run(self)
        }
        if !isStarted { libcurl_multi_cleanup(multi) }
        return isStarted ? multi : nil
    }

    /// Ends a transfer, also one that has not arrived yet.
    func cancel(_ id: UInt64) {
        mailbox.withLock { box in
            box.mail.cancelled.insert(id)
            box.wake()
        }
    }

    /// Forgets a cancellation whose transfer is over.
    func forget(_ id: UInt64) {
        mailbox.withLock { _ = $0.mail.cancelled.remove(id) }
    }

    /// Lets the thread end; nothing may be sent afterwards.
    func stop() {
        mailbox.withLock { box in
            box.mail.isStopping = true
            box.wake()
        }
    }

    /// For the thread: the mail since it last looked. Once it says `isStopping`, nobody wakes the thread any more.
    func collect() -> Mail {
        mailbox.withLock { box in
            defer { box.mail.orders = [] }
            if box.mail.isStopping { box.multi = nil }
            return box.mail
        }
    }
}

/// libcurl itself, loaded and initialised once in the life of the process.
enum CurlLibrary {
    /// Why it cannot be loaded, by the system's words.
    private static let loadError = libcurl_load().map { String(cString: $0) }

    static let isReady = loadError == nil && libcurl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Why nothing can be sent.
    static var obstacle: String {
        loadError ?? "there is too little memory, or no thread or file descriptor is left"
    }
}
