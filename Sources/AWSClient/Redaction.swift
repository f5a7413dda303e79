/// Makes a text fit for an error message: one line, no control characters, no credentials, at most 300 characters.
struct Redaction: Sendable {
    static let maximumLength = 300

    private let secrets: [String]

    /// - Parameter credentials: Those whose secret parts must not be seen, as they are or percent-encoded.
    init(_ credentials: Credentials?) {
        let parts = [credentials?.secretAccessKey, credentials?.sessionToken].compactMap(\.self)
        secrets = parts.filter { !$0.isEmpty }.flatMap { [$0, PercentEncoding.encode($0)] }
    }

    func callAsFunction(_ text: String) -> String {
        // Credentials go before the cut, so that none is cut into something that no longer looks like itself.
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let clean = secrets.reduce(line) { replacing($1, in: $0) }
        let printable = clean.unicodeScalars.filter { !Self.isControl($0) }
        return String(String(String.UnicodeScalarView(printable)).prefix(Self.maximumLength))
    }

    private func replacing(_ secret: String, in text: String) -> String {
        var bytes = Array(text.utf8)
        let secret = Array(secret.utf8)
        while let range = bytes.firstRange(of: secret) { bytes.replaceSubrange(range, with: "REDACTED".utf8) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
