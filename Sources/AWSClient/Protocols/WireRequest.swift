/// The parts of an HTTP request that the protocol determines.
struct WireRequest: Sendable, Hashable {
    var method: String
    /// The path, percent-encoded, with a slash in front; empty for the endpoint's own.
    var path: String
    /// The query, percent-encoded, without the question mark.
    var query = ""
    var headers: [HTTPHeader]
    var body: [UInt8]
}
