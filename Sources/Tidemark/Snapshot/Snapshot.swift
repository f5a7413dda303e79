import StrictJSON

/// All facets of one environment at one moment, with coverage and readings.
///
/// A snapshot is observed live, read from any moment of the history, or built in a test. A facet that was not answered is as last
/// seen, and `gaps` has the reason.
public struct Snapshot: Sendable {
    /// The first facet of every kind, whose members are at the top level of a description.
    public static let description = "description"
    /// The facet that shows whether the walk still leads to a resource: `{"reached": true}`, with `"routine": true` for one that
    /// is replaced routinely. It is `{"gone": true}` for a resource of which AWS reported that it does not exist, with
    /// `"seen": true` if the resource was described before; the record of any other ends with the last reference to it.
    package static let reach = "reach"
    /// The facet that keeps the title of a resource when the resource is gone: `{"title": "antenna-rds"}`.
    package static let title = "title"
    /// The facet that distinguishes a resource from a later one of the same name.
    package static let incarnation = "incarnation"
    /// The facet of an environment that lists the endpoints that no kind covers.
    package static let notFollowed = "not-followed"
    /// The facets that no answer has.
    package static let derived: Set<String> = [reach, title, incarnation, notFollowed]

    /// The environment that was observed.
    public let environment: EnvironmentName
    /// The entry that records the snapshot.
    public let seq: Seq
    /// When the entry was appended, by AWS's clock.
    public let at: Timestamp
    /// The ARN of the caller who recorded it, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// The seconds by which a later entry's time is before `at`: the clock was wrong. Nil if it may have been right.
    public let secondsAhead: Int64?
    /// The content of each facet that is not gone.
    public let facets: [FacetID: StoredFacet]
    /// The fingerprints of the secrets in them; empty if the snapshot was recorded without a key.
    public let fingerprints: [Fingerprint.Location: Fingerprint.Value]
    /// What the snapshot says beside its facets.
    public let body: SnapshotRecord
    /// The notes about its entry, oldest first.
    public let notes: [RecordedNote]
    /// The resources that exist, in the order of kind and identity.
    public let resources: [ResourceID]
    /// The names of each resource's facets, sorted.
    private let facetNames: [ResourceID: [String]]
    private let byKind: [Kind: [ResourceID]]
    private let byIdentity: [String: [ResourceID]]
    private let missingByKind: [Kind: [ResourceID]]
    /// The first gap because of which a facet is unseen.
    private let gapsByFacet: [FacetID: Gap]
    /// The gaps of lists.
    private let unlisted: [Gap]

    package init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, actor: String?,
        secondsAhead: Int64? = nil, facets: [FacetID: StoredFacet],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], body: SnapshotRecord,
        notes: [RecordedNote] = []
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.actor = actor
        self.secondsAhead = secondsAhead
        self.facets = facets
        self.fingerprints = fingerprints
        self.body = body
        self.notes = notes
        resources = facets.keys.filter { $0.name == Snapshot.description }.map(\.resource).sorted()
        facetNames = Dictionary(grouping: facets.keys, by: \.resource).mapValues { $0.map(\.name).sorted() }
        byKind = Dictionary(grouping: resources, by: \.kind)
        byIdentity = Dictionary(grouping: resources, by: \.identity)
        missingByKind = Dictionary(grouping: Self.missing(in: facets), by: \.kind)
        gapsByFacet = Dictionary(body.gaps.flatMap { gap in gap.facets.map { ($0, gap) } }) { first, _ in first }
        unlisted = body.gaps.filter { !$0.members.isEmpty }
    }

    /// The resources that do not exist, as AWS reported when it was last asked about them.
    private static func missing(in facets: [FacetID: StoredFacet]) -> [ResourceID] {
        facets.filter { $0.key.name == reach && $0.value.content["gone"] == true }.map(\.key.resource)
            .filter { facets[FacetID($0, description)] == nil }.sorted()
    }

    /// The content of the facet `reach` of a resource that does not exist.
    package static func tombstone(wasSeen: Bool) -> JSON { wasSeen ? ["gone": true, "seen": true] : ["gone": true] }

    /// The content of the facet `reach` of a resource that exists.
    package static func reach(_ isReached: Bool, isRoutine: Bool) -> JSON {
        isRoutine ? ["reached": .bool(isReached), "routine": true] : ["reached": .bool(isReached)]
    }

    /// The resources of a kind of which AWS reported that they do not exist, sorted. Kinds that are listed wholly have none.
    package func missingResources(of kind: Kind) -> [ResourceID] { missingByKind[kind] ?? [] }

    /// The facets of a resource that are not gone, sorted.
    public func facets(of resource: ResourceID) -> [FacetID] {
        (facetNames[resource] ?? []).map { FacetID(resource, $0) }
    }

    /// The facets of a resource that were not seen, including those that no snapshot has shown yet. An incarnation is unseen with
    /// its description, and left out.
    public func unseenFacets(of resource: ResourceID) -> [FacetID] {
        let unanswered = gaps.flatMap(\.facets).filter { $0.resource == resource }
        return Set(facets(of: resource)).union(unanswered)
            .filter { $0.name != Snapshot.incarnation && gap(over: $0) != nil }.sorted()
    }

    /// The resources of one kind, in the order of their identities.
    public func resources(of kind: Kind) -> [ResourceID] { byKind[kind] ?? [] }

    /// The gap because of which a facet is unseen; nil if it was seen.
    package func gap(over facet: FacetID) -> Gap? { gapsByFacet[facet] ?? unlisted.over(facet) }

    /// The gap because of which resources of the kind may be missing; nil if all were found.
    package func gap(hidingAnyOf kind: Kind) -> Gap? {
        gaps.hidingAny(of: kind) ?? gaps.over(MemberScope(kind, prefix: ""))
    }

    /// The gap because of which anything about resources of the kind is unseen; nil if all was seen.
    package func gap(about kind: Kind) -> Gap? {
        gap(hidingAnyOf: kind)
            ?? gaps.first { gap in
                gap.facets.contains { $0.resource.kind == kind && $0.name != Snapshot.notFollowed }
            }
    }

    /// Every question that was not answered.
    public var gaps: [Gap] { body.gaps }

    /// Whether the program that recorded the snapshot knew a kind, and would have observed its resources.
    package func knew(_ kind: Kind) -> Bool { body.decoders[kind] != nil }

    /// The description of every resource that exists.
    public var descriptions: [ResourceID: JSON] {
        Dictionary(
            uniqueKeysWithValues: facets.filter { $0.key.name == Snapshot.description }
                .map { ($0.key.resource, $0.value.content) })
    }

    /// The resources of any kind that have that identity.
    public func resources(identifiedBy identity: String) -> [ResourceID] { byIdentity[identity] ?? [] }
}
