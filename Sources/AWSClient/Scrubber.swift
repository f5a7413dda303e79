/// Makes a text fit for an error message: one line, no control characters, no credentials, at most 300 characters.
struct Scrubber: Sendable {
    static let maximumLength = 300

    /// AWS's keys have 40 characters and tokens hundreds. What is shorter is a placeholder like `test`, and to replace
    /// it would spoil messages.
    private static let minimumSecretLength = 8

    private let secrets: [String]

    /// - Parameter credentials: Those whose secret parts must not be seen, as they are or percent-encoded.
    init(_ credentials: Credentials?) {
        self.init(secrets: [credentials?.secretAccessKey, credentials?.sessionToken].compactMap(\.self))
    }

    init(secrets parts: [String]) {
        let secrets = parts.filter { $0.utf8.count >= Self.minimumSecretLength }
        self.secrets = secrets.flatMap { [$0, PercentEncoding.encode($0)] }
    }

    func callAsFunction(_ text: String) -> String {
        // Credentials go before the cut, so that none is cut into something that no longer looks like itself.
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        // By bytes: as characters, a secret before a combining accent would not be found.
        let bytes = secrets.reduce(Array(line.utf8)) { $0.replacing(Array($1.utf8), with: Array("REDACTED".utf8)) }
        let clean = String(decoding: bytes, as: UTF8.self)
        let printable = clean.unicodeScalars.filter { !Self.isControl($0) }
        return Self.shortened(String(String.UnicodeScalarView(printable)))
    }

    /// Whole words, as far as there are any: of a URL whose password is cut off, nobody could tell that it has one.
    private static func shortened(_ text: String) -> String {
        guard text.count > maximumLength else { return text }
        let start = text.prefix(maximumLength)
        return String(start.lastIndex(of: " ").map { start[..<$0] } ?? start)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
