import StrictJSON

/// All facets of one environment at one moment, with coverage and readings.
///
/// A value: taken live, read back from any moment of the history, or built in a test; everything after it is the same
/// code. A facet that was not answered stands as it was last seen, and `coverage` says so.
public struct Snapshot: Sendable {
    /// The first facet of every kind, which stands at the top level of a description.
    public static let description = "description"
    /// The facet that says whether the walk still leads to a resource: `{"reached": true}`.
    public static let reach = "reach"

    public let environment: EnvironmentName
    public let seq: Seq
    public let at: Timestamp
    /// The caller who took it, as AWS attests it.
    public let actor: String
    public let facets: [FacetID: StoredFacet]
    /// Of every secret in them that was fingerprinted; empty where this snapshot was taken without a key.
    public let fingerprints: [Fingerprint.Location: Fingerprint.Value]
    public let body: SnapshotBody
    /// The resources that exist, in the order of kind and identity.
    public let resources: [ResourceID]
    /// The names of each resource's facets, sorted.
    private let facetNames: [ResourceID: [String]]
    private let byKind: [Kind: [ResourceID]]
    private let byIdentity: [String: [ResourceID]]
    /// The first question that failed to answer a facet.
    private let gapsByFacet: [FacetID: Gap]
    /// The lists that were not answered.
    private let unlisted: [Gap]

    public init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, actor: String, facets: [FacetID: StoredFacet],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], body: SnapshotBody
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.actor = actor
        self.facets = facets
        self.fingerprints = fingerprints
        self.body = body
        resources = facets.keys.filter { $0.name == Snapshot.description }.map(\.resource).sorted()
        facetNames = Dictionary(grouping: facets.keys, by: \.resource).mapValues { $0.map(\.name).sorted() }
        byKind = Dictionary(grouping: resources, by: \.kind)
        byIdentity = Dictionary(grouping: resources, by: \.identity)
        gapsByFacet = Dictionary(body.gaps.flatMap { gap in gap.facets.map { ($0, gap) } }) { first, _ in first }
        unlisted = body.gaps.filter { !$0.members.isEmpty }
    }

    /// The facets that are known of a resource.
    public func facets(of resource: ResourceID) -> [FacetID] {
        (facetNames[resource] ?? []).map { FacetID(resource, $0) }
    }

    /// The facets of a resource that could not be seen; of one that was not there before, nothing is known at all.
    public func unseenFacets(of resource: ResourceID) -> [FacetID] {
        let asked = gaps.flatMap(\.facets).filter { $0.resource == resource }
        return Set(facets(of: resource)).union(asked).filter { gap(over: $0) != nil }.sorted()
    }

    /// The resources of a kind, in the order of their identities.
    public func resources(of kind: Kind) -> [ResourceID] { byKind[kind] ?? [] }

    /// Why a facet is unseen, or nil if no question failed to answer it.
    package func gap(over facet: FacetID) -> Gap? { gapsByFacet[facet] ?? unlisted.over(facet) }

    /// Why there may be more resources of a kind than those that were found, or nil.
    package func gap(hidingAnyOf kind: Kind) -> Gap? { gaps.before(kind) ?? gaps.over(MemberScope(kind, prefix: "")) }

    /// Why something about a kind's resources could not be seen, or nil.
    package func gap(about kind: Kind) -> Gap? {
        gap(hidingAnyOf: kind) ?? gaps.first { gap in gap.facets.contains { $0.resource.kind == kind } }
    }

    /// Every question that was not answered.
    public var gaps: [Gap] { body.gaps }

    /// Whether the program that took the snapshot knew a kind, so that it would have asked.
    public func knew(_ kind: Kind) -> Bool { body.decoders[kind] != nil }

    /// The first facet of every resource that exists.
    public var descriptions: [ResourceID: JSON] {
        Dictionary(
            uniqueKeysWithValues: facets.filter { $0.key.name == Snapshot.description }
                .map { ($0.key.resource, $0.value.content) })
    }

    /// The resources of that identity, of whatever kind.
    public func resources(identifiedBy identity: String) -> [ResourceID] { byIdentity[identity] ?? [] }
}
