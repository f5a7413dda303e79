/// Sends one HTTP request and returns the whole answer, whatever its status.
public protocol Transport: Sendable {
    /// - Throws: A `TransportError` where there is no complete answer.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// One field of a request or an answer.
public struct HTTPHeader: Sendable, Hashable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// An HTTP request that is ready to be sent.
public struct HTTPRequest: Sendable {
    public var method: String
    /// The whole address, percent-encoded; the path is sent as it stands.
    public var url: String
    public var headers: [HTTPHeader]
    public var body: [UInt8]
    /// How long the whole exchange may take.
    public var timeout: Duration
    /// Whether no proxy may see it, whatever the environment says: for what is asked of this machine's own services.
    public var isDirect: Bool
    /// The largest body of an answer that is accepted, in bytes, where the transport accepts as much.
    public var maximumBodySize: Int

    /// The largest document that is read, in bytes. A page of AWS's has at most a few, and what a document becomes in
    /// memory is several times its size.
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

/// A complete answer, whatever its status.
public struct HTTPResponse: Sendable {
    public let status: Int
    public let headers: [HTTPHeader]
    public let body: [UInt8]

    /// - Parameter headers: Fields of one name become one, a list with commas (RFC 9110 section 5.3).
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

    /// The value of the header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }
}

/// Why there is no complete answer.
public struct TransportError: Error, Sendable, Hashable {
    /// What a caller may want to tell apart.
    public enum Reason: Sendable, Hashable {
        /// No connection, or one that broke: refused, reset, no such host.
        case connection
        case timeout
        /// The server's certificate does not hold, or the certificate authorities cannot be read.
        case certificate(CertificateProblem)
        /// The answer is larger than is allowed.
        case tooLarge
        /// The answer ended before its promised length, or was no HTTP.
        case truncated
        /// The request cannot be sent at all.
        case invalid
        case cancelled

        /// Whether the same request may well succeed a moment later.
        var isTransient: Bool { self == .connection || self == .timeout || self == .truncated }
    }

    public let reason: Reason
    /// What happened, most often in libcurl's words: with the host, and without a password or anything of the request's
    /// headers or body.
    public let message: String

    /// - Parameter message: User info in it is cut.
    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = UserInfo.cut(from: message)
    }
}
