/// A transport over libcurl. It always verifies certificates, reuses and shares connections, follows no redirect and
/// decodes no content. It honours `https_proxy` and `no_proxy` as libcurl does.
///
/// All transfers of a transport share a thread, which starts with the first transfer and ends with the transport.
public final class CurlTransport: Transport {
    /// The configuration of a transport.
    public struct Configuration: Sendable {
        /// The path of a file of certificate authorities that replaces the system's, as in `AWS_CA_BUNDLE`.
        public var certificateAuthorities: String?
        /// The time limit for establishing a connection.
        public var connectTimeout: Duration = .seconds(10)
        /// The time after which a transfer that moves less than a byte a second fails; waiting for an answer counts.
        public var stallTimeout: Duration = .seconds(30)
        /// The largest body that is accepted, in bytes. It limits objects; documents have a lower limit.
        public var maximumBodySize = 64 << 20
        /// The most concurrent transfers. Further ones wait, and their timeout starts when they do.
        public var maximumTransfers = 64

        /// Creates the default configuration.
        public init(certificateAuthorities: String? = nil) {
            self.certificateAuthorities = certificateAuthorities
        }
    }

    private let queue: TransferQueue

    /// Creates a transport; its thread starts with the first request.
    public init(_ configuration: Configuration = Configuration()) {
        queue = TransferQueue(configuration)
    }

    deinit { queue.stop() }

    /// Sends a request. Cancelling the task ends the transfer at once.
    /// - Throws: `TransportError` if there is no complete answer, with the reason `cancelled` if the task is cancelled.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let id = queue.nextID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { queue.start(TransferRequest(id: id, request: request, continuation: $0)) }
        } onCancel: {
            queue.cancel(id)
        }
        queue.forget(id)
        return try result.get()
    }
}
