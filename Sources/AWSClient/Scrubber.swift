/// Makes a text fit for an error message: one line, no control characters, no credentials, at most 300 characters.
struct Scrubber: Sendable {
    static let maximumLength = 300

    /// The length from which a secret is replaced. AWS's keys have 40 characters and its tokens hundreds; a shorter one
    /// is a placeholder such as `test`, and replacing it would spoil messages.
    private static let minimumSecretLength = 8

    private let secrets: [String]

    /// Creates a scrubber.
    /// - Parameter credentials: The credentials whose secret parts are replaced, also where they are percent-encoded.
    init(_ credentials: Credentials?) {
        self.init(secrets: [credentials?.secretAccessKey, credentials?.sessionToken].compactMap(\.self))
    }

    init(secrets parts: [String]) {
        let secrets = parts.filter { $0.utf8.count >= Self.minimumSecretLength }
        self.secrets = secrets.flatMap { [$0, PercentEncoding.encode($0)] }
    }

    func callAsFunction(_ text: String) -> String {
        // Replace credentials before shortening: half a credential would not be recognised.
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        // Compare bytes: as characters, a secret before a combining accent would not match.
        let bytes = secrets.reduce(Array(line.utf8)) { $0.replacing(Array($1.utf8), with: Array("REDACTED".utf8)) }
        let clean = String(decoding: bytes, as: UTF8.self)
        let printable = clean.unicodeScalars.filter { !Self.isControl($0) }
        return Self.shortened(String(String.UnicodeScalarView(printable)))
    }

    /// The first words that fit. Cutting a URL in the middle of its password would hide that it has one.
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
