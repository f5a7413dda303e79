/// A word of a text, from white space to white space, without the secrets of the URLs in it.
///
/// The characters around a URL (quotes, brackets, a comma) are allowed within one too, so its end is unknown: a query
/// reaches to the end of the word, and user info to the last `@` that can end it. Too much may be redacted, never too little.
struct RedactedWord {
    private(set) var kept: [UInt8] = []
    private(set) var secrets: [(part: String, text: String)] = []

    private let bytes: ArraySlice<UInt8>
    private var next: Int
    private var isInURL = false
    /// In an ARN of a policy `?` matches any character, and the text before an `@` is part of a name.
    private let isARN: Bool
    private let isPath: Bool
    private let lastAt: Int

    init(_ word: ArraySlice<UInt8>) {
        bytes = word
        next = word.startIndex
        let first = word.drop { "\"'([{<\\".utf8.contains($0) }
        isARN = first.starts(with: "arn:".utf8)
        isPath = first.first == UInt8(ascii: "/")
        lastAt = word.lastIndex(of: UInt8(ascii: "@")) ?? word.startIndex
        redact()
    }

    private mutating func redact() {
        while next < bytes.endIndex {
            let scheme = schemeEnd()
            if let mark = parametersStart(before: scheme?.lowerBound ?? bytes.endIndex) {
                keep(upTo: mark)
                return redactParameters()
            }
            guard let scheme else { return keep(upTo: bytes.endIndex) }
            keep(upTo: scheme.lowerBound)
            copy(upTo: scheme.upperBound)
            isInURL = true
            redactAuthority()
        }
    }

    // MARK: Where the parts are

    /// The next `://`, or `:\/\/` as some write it in JSON.
    private func schemeEnd() -> Range<Int>? {
        for colon in bytes[next...].indices where bytes[colon] == UInt8(ascii: ":") {
            for separator in ["://", ":\\/\\/"] where bytes[colon...].starts(with: separator.utf8) {
                return colon..<colon + separator.utf8.count
            }
        }
        return nil
    }

    /// The `?` or `#` before the next parameters, or the `;` or `&` that JDBC and matrix parameters have in its place.
    private func parametersStart(before end: Int) -> Int? {
        (next..<end).first { index in
            switch bytes[index] {
            case UInt8(ascii: "?") where isInURL || isPath: index + 1 < bytes.endIndex
            case UInt8(ascii: "?"): !isARN && isParameter(from: index + 1)
            case UInt8(ascii: "#"): (isInURL || isPath) && isParameter(from: index + 1)
            case UInt8(ascii: ";"), UInt8(ascii: "&"): isInURL && isParameter(from: index + 1)
            default: false
            }
        }
    }

    /// Whether `NAME=` begins here.
    private func isParameter(from start: Int) -> Bool {
        let rest = bytes[start...].drop { $0.isPartOfName || "[]".utf8.contains($0) }
        return rest.startIndex > start && rest.first == UInt8(ascii: "=")
    }

    // MARK: Redacting

    private mutating func redactParameters() {
        let isFragment = bytes[next] == UInt8(ascii: "#")
        copy(upTo: next + 1)
        let parameters = String(decoding: bytes[next...], as: UTF8.self)
        if isFragment { return cut(upTo: bytes.endIndex, as: "fragment") }
        let query = RedactedQuery(parameters[...])
        kept += query.text.utf8
        if let secret = query.secret { secrets.append(("query", secret)) }
        next = bytes.endIndex
    }

    private mutating func redactAuthority() {
        let end = authorityEnd(from: next)
        let authority = bytes[next..<end]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            cut(upTo: at, as: "user-info")
        } else if lastAt > end, !authority.isHosts || authority.last == UInt8(ascii: ":") {
            // A password may have a `/` that somebody forgot to escape.
            cut(upTo: lastAt, as: "user-info")
        } else if !authority.isHosts, end == bytes.endIndex {
            // A text that was cut off before the `@`.
            return cut(upTo: end, as: "user-info")
        }
        let host = next
        let hostEnd = authorityEnd(from: next)
        copy(upTo: parametersStart(before: hostEnd) ?? hostEnd)
        redactWebhook(of: bytes[host..<next])
    }

    private func authorityEnd(from start: Int) -> Int {
        let end = bytes[start...].firstIndex { "/?#\"<>`\\^|".utf8.contains($0) } ?? bytes.endIndex
        // In a list of URLs the next scheme does not belong to it.
        let isScheme = end > start && bytes[end - 1] == UInt8(ascii: ":") && bytes[end...].starts(with: "//".utf8)
        return isScheme ? end - 1 : end
    }

    private mutating func redactWebhook(of host: ArraySlice<UInt8>) {
        let path = bytes[next..<(schemeEnd()?.lowerBound ?? bytes.endIndex)].prefix { !"?#".utf8.contains($0) }
        guard path.count > 1, path.first == UInt8(ascii: "/"), Webhook.isOne(host: host, path: path) else { return }
        copy(upTo: next + 1)
        cut(upTo: bytes[next...].firstIndex { "?#".utf8.contains($0) } ?? bytes.endIndex, as: "path")
    }

    /// Keeps the text outside of URLs and in their paths, without `NAME:PASSWORD` before an `@`.
    private mutating func keep(upTo end: Int) {
        guard !isARN, bytes[next..<end].contains(UInt8(ascii: "@")) else { return copy(upTo: end) }
        while next < end {
            let segmentEnd = bytes[next..<end].firstIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? end
            if let userInfo = bytes[next..<segmentEnd].userInfo {
                copy(upTo: userInfo.lowerBound)
                cut(upTo: userInfo.upperBound, as: "user-info")
            }
            copy(upTo: segmentEnd)
        }
    }

    private mutating func copy(upTo end: Int) {
        kept += bytes[next..<end]
        next = end
    }

    private mutating func cut(upTo end: Int, as part: String) {
        if end > next {
            secrets.append((part, String(decoding: bytes[next..<end], as: UTF8.self)))
            kept += Redacted.part.utf8
        }
        next = end
    }
}

extension ArraySlice<UInt8> {
    /// Whether it is a host, or a list of them, with ports or without: nothing that could be a password.
    fileprivate var isHosts: Bool {
        split { !$0.isPartOfName && !":[]".utf8.contains($0) }.allSatisfy { host in
            if host.first == UInt8(ascii: "[") { return true }
            let parts = host.split(separator: UInt8(ascii: ":"))
            return parts.count < 2 || parts.count == 2 && parts[1].allSatisfy { (0x30...0x39).contains($0) }
        }
    }

    /// `NAME:PASSWORD` before the `@` of a host; not the text before a digest or a mail address, nor an id of IAM before
    /// the name of a session.
    fileprivate var userInfo: Range<Int>? {
        let end = indices.last { self[$0] == UInt8(ascii: "@") && self[($0 + 1)...].isHostStart }
        guard let end, let colon = self[..<end].firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let start = self[..<colon].lastIndex { !$0.isPartOfName }.map { $0 + 1 } ?? startIndex
        let name = String(decoding: self[start..<colon], as: UTF8.self)
        let isKnown = name.lowercased() == "mailto" || name.wholeMatch(of: #/A(?:RO|ID|SI)A[A-Z0-9]{12,}/#) != nil
        return isKnown ? nil : start..<end
    }

    private var isHostStart: Bool {
        guard let first, first.isPartOfName || first == UInt8(ascii: "[") else { return false }
        return !["sha256:", "sha512:"].contains { starts(with: $0.utf8) }
    }
}

extension UInt8 {
    /// The unreserved characters of RFC 3986, and `%`.
    fileprivate var isPartOfName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~%".utf8.contains(self)
        }
    }
}
