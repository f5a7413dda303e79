/// An HTTP request.
public struct HTTPRequest: Sendable {
    /// The method in upper case: `GET`.
    public var method: String
    /// The whole URL, percent-encoded; the path is sent as written.
    public var url: String
    /// The header fields, in the order in which they are sent.
    public var headers: [HTTPHeader]
    /// The body; empty for none.
    public var body: [UInt8]
    /// The time limit for the request and the answer together.
    public var timeout: Duration
    /// Whether the request bypasses every proxy, whatever the environment configures: for services of this machine.
    public var isDirect: Bool
    /// Whether no connection is opened to an address of this machine or its link, whatever name leads there.
    public var refusesLocalAddresses: Bool
    /// Whether the request is sent at most once, over a new connection. A request over a connection that was used before may be
    /// sent again if the connection ends without an answer.
    ///
    /// Source: RFC 9110, section 9.2.2, and libcurl, which does not ask.
    public var isSentOnce: Bool
    /// The largest body of an answer that is accepted, in bytes, up to the transport's own limit.
    public var maximumBodySize: Int

    /// The limit of a document, in bytes. A page from AWS is a few MiB at most, and a parsed document takes several
    /// times its size in memory.
    public static let maximumDocumentSize = 16 << 20

    /// Creates a request.
    public init(
        method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
        timeout: Duration = .seconds(60), isDirect: Bool = false, refusesLocalAddresses: Bool = false,
        isSentOnce: Bool = false,
        maximumBodySize: Int = maximumDocumentSize
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.isDirect = isDirect
        self.refusesLocalAddresses = refusesLocalAddresses
        self.isSentOnce = isSentOnce
        self.maximumBodySize = maximumBodySize
    }
}
