/// The address of a service that hands out credentials, which decides who can see the request.
struct ServiceAddress {
    let isEncrypted: Bool
    private let host: String

    /// Parses a URL; nil unless it is an http or https URL of a host, without a user.
    init?(_ url: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let end = url[separator.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        guard let endpoint = Endpoint(url: String(url[..<end]), signingRegion: "") else { return nil }
        isEncrypted = endpoint.scheme == "https"
        let authority = endpoint.authority
        if authority.hasPrefix("["), let bracket = authority.lastIndex(of: "]") {
            host = String(authority[..<bracket].dropFirst())
        } else {
            host = String(authority.prefix { $0 != ":" })
        }
    }

    /// Whether a request and its answer, which contain secrets, stay on this machine or are encrypted. Besides
    /// loopback, these are the addresses of ECS and EKS. Source: "Container credential provider" in the AWS SDKs and
    /// Tools Reference Guide.
    var isTrusted: Bool {
        isEncrypted || isLoopback || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(host)
    }

    /// Whether it is an address of this machine.
    var isLoopback: Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || host == "::1" || (bytes.count == 4 && bytes[0] == 127 && !bytes.contains(nil))
    }
}
