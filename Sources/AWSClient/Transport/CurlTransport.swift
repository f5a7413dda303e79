/// HTTP over libcurl: certificates always verified, connections kept alive and shared, no redirect followed, no content
/// decoded, `https_proxy` and `no_proxy` honoured as libcurl does.
///
/// All transfers of one transport share a thread, which starts with the first of them and ends with the transport.
public final class CurlTransport: Transport {
    /// The limits of a transport.
    public struct Configuration: Sendable {
        /// A file of certificate authorities instead of the system's, as `AWS_CA_BUNDLE` names one.
        public var certificateAuthorities: String?
        public var connectTimeout: Duration = .seconds(10)
        /// A transfer that moves less than a byte a second for this long is given up; waiting for an answer counts.
        public var stallTimeout: Duration = .seconds(30)
        /// The largest body that is accepted, in bytes: that of an object, documents have a limit of their own.
        public var maximumBodySize = 64 << 20
        /// How many transfers run side by side; the rest waits, without its timeout running.
        public var maximumTransfers = 64

        public init(certificateAuthorities: String? = nil) {
            self.certificateAuthorities = certificateAuthorities
        }
    }

    private let loop: CurlLoop

    public init(_ configuration: Configuration = Configuration()) {
        loop = CurlLoop(configuration)
    }

    deinit { loop.stop() }

    /// Sends the request; cancelling the task ends the transfer at once.
    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let id = loop.nextID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.start(TransferOrder(id: id, request: request, continuation: $0)) }
        } onCancel: {
            loop.cancel(id)
        }
        loop.forget(id)
        return try result.get()
    }
}
