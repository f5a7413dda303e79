/// The canonical form of a request, which client and AWS both sign.
struct CanonicalRequest {
    let text: String
    /// The names of the signed headers: lower case, sorted, joined by semicolons.
    let signedHeaders: String

    init(_ request: SignableRequest, adding added: [HTTPHeader], bodyHash: String, pathRule: Signer.PathRule) {
        let headers = Self.headers(request.headers + added)
        signedHeaders = headers.map(\.name).joined(separator: ";")
        text = """
            \(request.method)
            \(Self.path(request.path, pathRule))
            \(Self.query(request.query))
            \(headers.map { "\($0.name):\($0.value)\n" }.joined())
            \(signedHeaders)
            \(bodyHash)
            """
    }

    /// The headers by name, sorted; the values of a repeated name are joined in their order.
    private static func headers(_ headers: [HTTPHeader]) -> [(name: String, value: String)] {
        let values = Dictionary(grouping: headers) { $0.name.lowercased() }
        return values.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }.map { name, headers in
            (name, headers.map { collapsingSpace($0.value) }.joined(separator: ","))
        }
    }

    /// The value without white space at its ends, and with one space for each run of white space.
    private static func collapsingSpace(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
    }

    private static func path(_ path: String, _ rule: Signer.PathRule) -> String {
        let path = path.isEmpty ? "/" : path
        return switch rule {
        case .normalized: PercentEncoding.encode(normalized(path), keeping: "/")
        case .verbatim: path
        }
    }

    /// The path without dot segments and empty segments (RFC 3986 section 5.2.4). A slash at the end remains; like
    /// botocore, dots at the end leave no slash.
    private static func normalized(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        return "/" + segments.joined(separator: "/") + (path.hasSuffix("/") && !segments.isEmpty ? "/" : "")
    }

    /// The parameters, decoded and encoded again, sorted by name, then by value.
    private static func query(_ query: String) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: encodedAgain(parts[0]), value: parts.count > 1 ? encodedAgain(parts[1]) : "")
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    private static func encodedAgain(_ part: Substring) -> String {
        PercentEncoding.encode(String(decoding: PercentEncoding.decode(part), as: UTF8.self))
    }
}
