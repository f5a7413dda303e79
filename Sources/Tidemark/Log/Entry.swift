import StrictJSON

/// One link of an environment's append-only log.
public struct Entry: Sendable, Hashable {
    public let header: Header
    /// The header as it was hashed.
    public let headerText: String
    /// The body in canonical JSON.
    public let bodyText: String

    public init(header: Header, bodyText: String) {
        self.header = header
        headerText = header.text
        self.bodyText = bodyText
    }

    /// An entry as it was stored.
    /// - Throws: `Failure` where the header cannot be read or the body is not the one that it names.
    public init(headerText: String, bodyText: String) throws(Failure) {
        header = try Header(parsing: headerText)
        self.headerText = headerText
        self.bodyText = bodyText
        guard ContentHash(of: bodyText.utf8) == header.body else {
            throw Failure.damaged(
                "entry \(header.seq) of '\(header.environment)' is damaged",
                why: "its body is not the one that was recorded")
        }
    }

    public var hash: ContentHash { ContentHash(of: headerText.utf8) }
}
