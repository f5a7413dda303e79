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
        var indices: [String: Int] = [:]
        var joined: [HTTPHeader] = []
        for header in headers {
            if let index = indices[header.name.lowercased()] {
                joined[index] = HTTPHeader(joined[index].name, "\(joined[index].value), \(header.value)")
            } else {
                indices[header.name.lowercased()] = joined.count
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
