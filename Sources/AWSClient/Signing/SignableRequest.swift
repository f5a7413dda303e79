/// The parts of an HTTP request that a signature covers.
struct SignableRequest: Sendable, Hashable {
    var method: String
    /// The path as it is sent, percent-encoded.
    var path: String
    /// The query as it is sent, percent-encoded, without the question mark.
    var query: String
    var headers: [HTTPHeader]
    var body: [UInt8]

    init(method: String, path: String, query: String = "", headers: [HTTPHeader], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
