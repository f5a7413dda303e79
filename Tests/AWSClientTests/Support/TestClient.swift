import CivilTime
import LocalServers
import Logging
import StrictJSON
import Synchronization

@testable import AWSClient

/// A clock that only sleeping advances; it records the sleeps.
final class TestClock: Sendable {
    private let state = Mutex<[Duration]>([])
    var sleeps: [Duration] { state.withLock { $0 } }

    /// - Parameter random: The result of every draw.
    func programClock(random: Double = 0.5) -> ProgramClock {
        ProgramClock(
            millisecondsSince1970: { 1_795_466_443_000 },
            elapsed: { self.sleeps.reduce(.zero, +) },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.append(duration) }
            },
            random: { random })
    }
}

/// A transport that answers without a network.
struct StubTransport: Transport {
    let answer: @Sendable (HTTPRequest) async -> Result<HTTPResponse, TransportError>

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse { try await answer(request).get() }
}

/// A log handler that records its lines.
final class LogRecorder: LogHandler, @unchecked Sendable {
    // `@unchecked` holds because `recorded` is locked and the rest is set before the first line.
    private let recorded = Mutex<[String]>([])
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace
    var lines: [String] { recorded.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        recorded.withLock { $0.append("\(event.level) \(event.message) \(fields.joined(separator: " "))") }
    }
}

extension Credentials {
    static let test = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: "session/token+value==")
}

extension AWSClient {
    /// A client that calls `server` and never sleeps.
    static func test(
        _ server: LocalServer, credentials: any CredentialProvider = Credentials.test,
        clock: ProgramClock = TestClock().programClock(), logger: Logger = Logger(label: "test")
    ) -> AWSClient {
        AWSClient(
            region: "eu-central-1", credentials: credentials,
            endpoints: Endpoints(["AWS_ENDPOINT_URL": server.url]), transport: CurlTransport(), clock: clock,
            logger: logger)
    }

    static func stub(
        clock: ProgramClock = TestClock().programClock(),
        _ answer: @escaping @Sendable (HTTPRequest) async -> Result<HTTPResponse, TransportError>
    ) -> AWSClient {
        AWSClient(
            region: "eu-central-1", credentials: Credentials.test, transport: StubTransport(answer: answer),
            clock: clock)
    }

    func failure(_ request: AWSRequest) async -> AWSError? {
        do throws(AWSError) {
            _ = try await call(request)
            return nil
        } catch { return error }
    }
}

extension AWSRequest {
    static let whoAmI = AWSRequest(service: "sts", operation: "GetCallerIdentity")
    static let subnets = AWSRequest(service: "ec2", operation: "DescribeSubnets")
}

/// Answers in AWS's XML.
enum Answers {
    static func query(_ operation: String, _ content: String) -> String {
        "<\(operation)Response xmlns=\"u\"><\(operation)Result>\(content)</\(operation)Result>"
            + "<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></\(operation)Response>"
    }

    static func ec2(_ operation: String, _ content: String) -> String {
        "<\(operation)Response xmlns=\"u\"><requestId>id</requestId>\(content)</\(operation)Response>"
    }

    static let identity = query("GetCallerIdentity", "<Account>123456789012</Account>")

    static func error(_ code: String, _ message: String = "a message") -> String {
        "<ErrorResponse xmlns=\"u\"><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>"
            + "<RequestId>id</RequestId></ErrorResponse>"
    }

    static func ec2Error(_ code: String, _ message: String = "a message") -> String {
        "<Response><Errors><Error><Code>\(code)</Code><Message>\(message)</Message></Error></Errors>"
            + "<RequestID>id</RequestID></Response>"
    }
}

extension LocalServer.Request {
    /// The fields of a form.
    var form: [String: String] {
        Dictionary(
            uniqueKeysWithValues: body.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", omittingEmptySubsequences: false)
                return (
                    String(decoding: PercentEncoding.decode(parts[0]), as: UTF8.self),
                    String(decoding: PercentEncoding.decode(parts[1]), as: UTF8.self)
                )
            })
    }
}
