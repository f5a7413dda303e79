import StrictJSON

/// A facet's content, and the entry in which it took that content.
public struct StoredFacet: Sendable, Hashable {
    public let content: JSON
    public let hash: ContentHash
    public let since: Seq

    public init(content: JSON, hash: ContentHash, since: Seq) {
        self.content = content
        self.hash = hash
        self.since = since
    }
}
