import StrictJSON

/// The hash of a state: the SHA-256 of the sorted array of `[kind, identity, facet, content hash]` of every facet that is not
/// gone.
package enum Root {
    package static func hash(of facets: [FacetID: ContentHash]) -> ContentHash {
        let rows = facets.sorted { $0.key < $1.key }.map { JSON.array($0.key.json + [$0.value.json]) }
        return ContentHash(of: .array(rows))
    }
}
