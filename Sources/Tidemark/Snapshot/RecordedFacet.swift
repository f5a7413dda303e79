import StrictJSON

/// Looks up the newest content of a facet in a history; nil if the history has none.
public typealias RecordedFacets = @Sendable (FacetID) throws(Failure) -> RecordedFacet?

/// The newest content of a facet that a history has, also of a resource that left the state.
public struct RecordedFacet: Sendable, Hashable {
    /// The content as it was recorded, secrets removed.
    public let content: JSON
    /// The version of the kind's decoder, and of the plain names, by which it was read.
    public let decoder: String

    /// Creates a recorded content.
    public init(content: JSON, decoder: String) {
        self.content = content
        self.decoder = decoder
    }
}
