/// The address of a service, and the region that requests to it are signed for.
struct Endpoint: Sendable, Hashable {
    /// `https`, or `http` for a custom endpoint.
    let scheme: String
    /// The value of the `Host` header: with a port unless it is the scheme's default.
    var authority: String
    /// The prefix of every path: empty, or `/prefix`.
    var path: String
    let signingRegion: String
    /// Whether the user configured it, so that it may not be AWS's own.
    var isCustom = false

    func url(path: String) -> String { "\(scheme)://\(authority)\(path)" }
}

extension Endpoint {
    /// Parses a configured URL; nil unless it is an http or https URL without user, query and fragment.
    init?(url: String, signingRegion: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<separator.lowerBound].lowercased()
        let rest = url[separator.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = rest[slash...]
        while path.last == "/" { path.removeLast() }
        guard scheme == "http" || scheme == "https", path.utf8.allSatisfy(\.isPathByte),
            let authority = Self.authority(rest[..<slash], defaultPort: scheme == "http" ? 80 : 443)
        else { return nil }
        self.init(
            scheme: scheme, authority: authority, path: String(path), signingRegion: signingRegion, isCustom: true)
    }

    private static func authority(_ text: Substring, defaultPort: Int) -> String? {
        var host = text
        var port: Int?
        if let colon = text.lastIndex(of: ":"), text.last != "]" {
            guard let number = Int(text[text.index(after: colon)...]), (1...65535).contains(number) else { return nil }
            (host, port) = (text[..<colon], number)
        }
        guard isHost(host) else { return nil }
        let suffix = port == nil || port == defaultPort ? "" : ":\(port ?? 0)"
        return host.lowercased() + suffix
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return !address.isEmpty && address.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
        }
        return !host.isEmpty && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    }
}

extension UInt8 {
    /// Whether a path may contain it: characters that need no encoding (RFC 3986 section 3.3), percent signs and
    /// slashes.
    fileprivate var isPathByte: Bool {
        let character = Character(Unicode.Scalar(self))
        return self < 0x80 && (character.isLetter || character.isNumber || "-._~!$&'()*+,;=:@%/".contains(character))
    }
}
