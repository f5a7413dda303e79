import CivilTime
// A caller passes the transport, and `import AWSClient` finds it.
@_exported import HTTPTransfers
import Logging
import StrictJSON

/// A small AWS client: signs requests, fetches every page, retries transient failures, and returns answers in boto3's
/// shape.
///
/// It logs calls at debug level and a wrong clock as a warning, but never parameters, headers or bodies, which can hold
/// secrets.
public struct AWSClient: Sendable {
    /// The region for requests that name none.
    public let region: String
    let credentials: any CredentialProvider
    let endpoints: Endpoints
    let transport: any Transport
    /// The limits of the attempts at a call.
    public private(set) var retries: RetryPolicy
    let clock: ProgramClock
    let userAgent: String
    let logger: Logger
    let state: ClientState
    var pageLimits = PageLimits()

    /// Creates a client.
    /// - Parameters:
    ///   - endpoints: The addresses of services; by default AWS's own.
    ///   - transport: The transport that sends the requests.
    ///   - retries: The limits of the attempts at a call.
    ///   - maximumConcurrentCalls: The most concurrent calls to one service in one region; further calls wait.
    ///     After AWS has throttled a call, calls are also spaced out until enough of them have succeeded.
    ///   - clock: The time, the waits and the random numbers that the client uses.
    public init(
        region: String,
        credentials: any CredentialProvider,
        endpoints: Endpoints = Endpoints(),
        transport: any Transport,
        retries: RetryPolicy = RetryPolicy(),
        maximumConcurrentCalls: Int = 10,
        clock: ProgramClock = .system,
        userAgent: String = "swift-aws-client",
        logger: Logger = Logger(label: "aws-client")
    ) {
        self.region = region
        self.credentials = credentials
        self.endpoints = endpoints
        self.transport = transport
        self.retries = retries
        self.clock = clock
        self.userAgent = userAgent
        self.logger = logger
        state = ClientState(maximumConcurrentCalls: maximumConcurrentCalls)
    }

    /// The source of the credentials that signed the last request, for people: `the environment`.
    public var credentialOrigin: String { get async { await credentials.origin } }

    /// The same client with other limits of the attempts at a call. It shares what this one learns from answers.
    public func with(_ retries: RetryPolicy) -> AWSClient {
        var client = self
        client.retries = retries
        return client
    }

    /// Calls an operation and returns the whole answer: every page, merged.
    /// - Throws: `AWSError`; a page that fails fails the call.
    public func call(_ request: AWSRequest) async throws(AWSError) -> AWSAnswer {
        var calls = 0
        do {
            let answer = try await call(request, counting: &calls)
            guard let download = request.download else { return answer }
            return try await fetch(download, of: answer, to: request, counting: &calls)
        } catch {
            throw error.with(calls: calls)
        }
    }

    private func call(_ request: AWSRequest, counting calls: inout Int) async throws(AWSError) -> AWSAnswer {
        var call = try WireCall(request)
        var merger = PageMerger(call.operation)
        var totals = PageTotals()
        while true {
            var fetcher = try PageFetcher(self, call, region: request.region ?? region, page: merger.pages + 1)
            let page = try await fetcher.run(counting: &calls)
            totals.add(bytes: page.size, time: fetcher.elapsed)
            let next = try merger.add(page.value)
            guard let next, !request.isOnePage else {
                return AWSAnswer(
                    value: .object(merger.value), payload: page.payload, pages: merger.pages, hasMorePages: next != nil,
                    date: page.date, calls: calls, partial: merger.partial, size: totals.bytes)
            }
            try totals.check(against: pageLimits)
            for token in call.operation.tokens { call.parameters[token.input] = nil }
            for (name, value) in next { call.parameters[name] = value }
        }
    }
}
