import Logging
import StrictJSON

/// A small AWS client: signs requests, fetches every page, retries what may pass, and answers in boto3's shape.
///
/// It logs at debug level, and a wrong clock as a warning; never parameters, headers or bodies, which can hold secrets.
public struct AWSClient: Sendable {
    /// The region to ask where a request names none.
    public let region: String
    let credentials: any CredentialProvider
    let endpoints: Endpoints
    let transport: any Transport
    let retries: RetryPolicy
    let clock: ClientClock
    let userAgent: String
    let logger: Logger
    let memory: ClientMemory
    var pageLimits = PageLimits()

    /// - Parameter callsSideBySide: How many calls to one service in one region run at the same time; the rest waits.
    ///   After AWS has throttled one they are also spaced, until enough of them have succeeded.
    public init(
        region: String,
        credentials: any CredentialProvider,
        endpoints: Endpoints = Endpoints(),
        transport: any Transport,
        retries: RetryPolicy = RetryPolicy(),
        callsSideBySide: Int = 10,
        clock: ClientClock = .system,
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
        memory = ClientMemory(callsSideBySide: callsSideBySide)
    }

    /// Where the credentials came from that signed the last request, for people.
    public var credentialOrigin: String { get async { await credentials.origin } }

    /// Asks AWS and waits for the whole answer: every page, merged.
    /// - Throws: `AWSError`; a page that fails fails the call.
    public func call(_ request: AWSRequest) async throws(AWSError) -> AWSAnswer {
        var calls = 0
        do {
            return try await call(request, counting: &calls)
        } catch {
            throw error.after(calls)
        }
    }

    private func call(_ request: AWSRequest, counting calls: inout Int) async throws(AWSError) -> AWSAnswer {
        var call = try WireCall(request)
        var merger = PageMerger(call.operation)
        var cost = PageCost()
        while true {
            var exchange = try Exchange(self, call, region: request.region ?? region, page: merger.pages + 1)
            let page = try await exchange.run(counting: &calls)
            guard let next = try merger.add(page.value) else {
                return AWSAnswer(
                    value: .object(merger.value), payload: page.payload, pages: merger.pages, date: page.date,
                    calls: calls, partial: merger.partial)
            }
            cost.add(bytes: page.size, time: exchange.spent)
            try cost.demandRoom(in: pageLimits)
            for token in call.operation.tokens { call.parameters[token.input] = nil }
            for (name, value) in next { call.parameters[name] = value }
        }
    }
}
