import StrictJSON

/// The content of a facet, and the entry since which it has that content.
public struct StoredFacet: Sendable, Hashable {
    /// The content, secrets redacted.
    public let content: JSON
    /// The hash of the content's canonical JSON.
    public let hash: ContentHash
    /// The first entry with this content.
    public let since: Seq

    package init(content: JSON, hash: ContentHash, since: Seq) {
        self.content = content
        self.hash = hash
        self.since = since
    }
}
