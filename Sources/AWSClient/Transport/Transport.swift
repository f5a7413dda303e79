/// A transport: sends an HTTP request and returns the whole answer, whatever its status.
public protocol Transport: Sendable {
    /// Sends a request.
    /// - Throws: `TransportError` if there is no complete answer.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// A header field of a request or an answer.
public struct HTTPHeader: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An HTTP request.
public struct HTTPRequest: Sendable {
    public var method: String
    /// The whole URL, percent-encoded; the path is sent as written.
    public var url: String
    public var headers: [HTTPHeader]
    public var body: [UInt8]
    /// The time limit for the request and the answer together.
    public var timeout: Duration
    /// Whether the request bypasses every proxy, whatever the environment configures: for services of this machine.
    public var isDirect: Bool
    /// The largest body of an answer that is accepted, in bytes, up to the transport's own limit.
    public var maximumBodySize: Int

    /// The limit of a document, in bytes. A page from AWS is a few MiB at most, and a parsed document takes several
    /// times its size in memory.
    public static let maximumDocumentSize = 16 << 20

    public init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(60), isDirect: Bool = false, maximumBodySize: Int = maximumDocumentSize
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.isDirect = isDirect
        self.maximumBodySize = maximumBodySize
    }
}

/// A complete HTTP answer, whatever its status.
public struct HTTPResponse: Sendable {
    /// The status code: 200, 404.
    public let status: Int
    /// The fields; no name occurs twice.
    public let headers: [HTTPHeader]
    /// The body, as received.
    public let body: [UInt8]

    /// Creates an answer.
    /// - Parameter headers: The fields; those of one name are joined to one, separated by commas (RFC 9110 section
    ///   5.3).
    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = Self.joined(headers)
        self.body = body
    }

    private static func joined(_ headers: [HTTPHeader]) -> [HTTPHeader] {
        var places: [String: Int] = [:]
        var joined: [HTTPHeader] = []
        for header in headers {
            if let place = places[header.name.lowercased()] {
                joined[place] = HTTPHeader(joined[place].name, "\(joined[place].value), \(header.value)")
            } else {
                places[header.name.lowercased()] = joined.count
                joined.append(header)
            }
        }
        return joined
    }

    /// The value of a header, ignoring the case of its name.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}

/// The error of a transfer without a complete answer.
public struct TransportError: Error, Sendable, Hashable {
    /// The cause of the failure.
    public enum Reason: Sendable, Hashable {
        /// No connection, or one that broke: refused, reset, no such host.
        case connection
        /// No complete answer in time.
        case timeout
        /// The server's certificate was not accepted, or the certificate authorities cannot be read.
        case certificate(CertificateProblem)
        /// The answer exceeds a limit.
        case tooLarge
        /// The answer ended before its promised length, or was not HTTP.
        case truncated
        /// The request cannot be sent at all.
        case invalid
        /// The calling task was cancelled.
        case cancelled

        /// Whether the same request may succeed a moment later.
        var isTransient: Bool { self == .connection || self == .timeout || self == .truncated }
    }

    /// The cause, for programs.
    public let reason: Reason
    /// The description, usually libcurl's: with the host, and without a password or any header or body of the request.
    public let message: String

    /// Creates an error.
    /// - Parameter message: The description; user info in it is redacted.
    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = UserInfo.redact(in: message)
    }
}
