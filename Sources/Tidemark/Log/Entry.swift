import StrictJSON

/// One link of an environment's append-only log.
public struct Entry: Sendable, Hashable {
    /// The parsed header.
    public let header: Header
    /// The bytes of the header that are hashed.
    public let headerText: String
    /// The body in canonical JSON; nil if it was erased. The header has its hash.
    public let bodyText: String?
    /// The SHA-256 of the header's bytes.
    public let hash: ContentHash

    package init(header: Header, bodyText: String) {
        self.header = header
        headerText = header.text
        self.bodyText = bodyText
        hash = ContentHash(of: headerText.utf8)
    }

    /// Parses a stored entry.
    /// - Throws: `Failure` with the code `history` for a damaged header, and for a body that does not have the header's hash.
    package init(headerText: String, bodyText: String?) throws(Failure) {
        header = try Header(parsing: headerText)
        self.headerText = headerText
        self.bodyText = bodyText
        hash = ContentHash(of: headerText.utf8)
        if let bodyText, ContentHash(of: bodyText.utf8) != header.body {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "its body is not the one that was recorded")
        }
    }
}
