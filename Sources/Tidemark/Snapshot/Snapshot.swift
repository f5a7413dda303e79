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
    /// The kinds by which it is read.
    public let kinds: KindRegistry
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
    private let titles: [ResourceID: String]
    private let labels: [ResourceID: String]

    public init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, actor: String, facets: [FacetID: StoredFacet],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], body: SnapshotBody, kinds: KindRegistry = .all
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.actor = actor
        self.facets = facets
        self.fingerprints = fingerprints
        self.body = body
        self.kinds = kinds
        resources = facets.keys.filter { $0.name == Snapshot.description }.map(\.resource).sorted()
        facetNames = Dictionary(grouping: facets.keys, by: \.resource).mapValues { $0.map(\.name).sorted() }
        byKind = Dictionary(grouping: resources, by: \.kind)
        byIdentity = Dictionary(grouping: resources, by: \.identity)
        gapsByFacet = Dictionary(body.gaps.flatMap { gap in gap.facets.map { ($0, gap) } }) { first, _ in first }
        unlisted = body.gaps.filter { !$0.members.isEmpty }
        titles = Self.titles(of: resources, facets: facets, kinds: kinds)
        labels = Self.labels(from: titles)
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
    private func gap(over facet: FacetID) -> Gap? { gapsByFacet[facet] ?? unlisted.over(facet) }

    /// Why there may be more resources of a kind than those that were found, or nil.
    func gap(hidingAnyOf kind: Kind) -> Gap? { gaps.before(kind) ?? gaps.over(MemberScope(kind, prefix: "")) }

    /// Why something about a kind's resources could not be seen, or nil.
    func gap(about kind: Kind) -> Gap? {
        gap(hidingAnyOf: kind) ?? gaps.first { gap in gap.facets.contains { $0.resource.kind == kind } }
    }

    /// Every question that was not answered.
    public var gaps: [Gap] { body.gaps }

    /// Whether the walk led to a resource, or it is only known from before.
    public func isReached(_ resource: ResourceID) -> Bool {
        facets[reach(of: resource)]?.content["reached"]?.bool ?? true
    }

    /// The facet that says it: what is listed is reached as what it belongs to.
    private func reach(of resource: ResourceID) -> FacetID {
        FacetID(kinds[resource.kind]?.members?.owner(resource.identity) ?? resource, Snapshot.reach)
    }

    /// Whether the program that took the snapshot knew a kind, so that it would have asked.
    public func knew(_ kind: Kind) -> Bool { body.decoders[kind] != nil }

    /// What can be said about a facet.
    public func result(of facet: FacetID) -> LookupResult {
        let facet = facet.name == Snapshot.reach ? reach(of: facet.resource) : facet
        let stored = facets[facet]
        guard knew(facet.resource.kind) else { return .unseen(Unseen.unknownKind, lastSeen: stored?.content) }
        if let gap = gap(over: facet) { return .unseen(Unseen(gap), lastSeen: stored?.content) }
        return stored.map { .seen($0.content) } ?? .absent
    }

    /// A resource as people know it: by its kind's title where that names just one, else by its identity.
    public func label(of resource: ResourceID) -> String {
        labels[resource] ?? resource.description
    }

    /// The first facet of every resource that exists.
    public var descriptions: [ResourceID: JSON] {
        Dictionary(
            uniqueKeysWithValues: facets.filter { $0.key.name == Snapshot.description }
                .map { ($0.key.resource, $0.value.content) })
    }

    /// The resources of that identity, of whatever kind.
    public func resources(identifiedBy identity: String) -> [ResourceID] { byIdentity[identity] ?? [] }

    /// The name by which people know a resource, where its kind has one; others may bear it too.
    func title(of resource: ResourceID) -> String? { titles[resource] }

    private static func titles(
        of resources: [ResourceID], facets: [FacetID: StoredFacet], kinds: KindRegistry
    ) -> [ResourceID: String] {
        let titled = resources.compactMap { resource -> (ResourceID, String)? in
            let content = facets[FacetID(resource, Snapshot.description)]?.content
            return kinds[resource.kind]?.title(of: resource.identity, description: content).map { (resource, $0) }
        }
        return Dictionary(uniqueKeysWithValues: titled)
    }

    private static func labels(from titles: [ResourceID: String]) -> [ResourceID: String] {
        let titled = titles.map { (label: "\($0.key.kind)/\($0.value)", resource: $0.key) }
        let unique = Dictionary(grouping: titled, by: \.label).values.filter { $0.count == 1 }.joined()
        return Dictionary(uniqueKeysWithValues: unique.map { ($0.resource, $0.label) })
    }
}

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

/// What can be said about a facet or a value.
public enum LookupResult: Sendable {
    case seen(JSON)
    /// It was looked for and is not there.
    case absent
    /// It could not be observed; it may be as it was last seen, and it may not.
    case unseen(Unseen, lastSeen: JSON?)
}

/// Why something could not be observed.
public struct Unseen: Sendable, Hashable {
    public let reason: String
    /// What to do about it, where that is known.
    public let remedy: String?

    public init(reason: String, remedy: String? = nil) {
        self.reason = reason
        self.remedy = remedy
    }

    public static let unknownKind = Unseen(
        reason: "the snapshot was taken by a tidemark that does not know the kind",
        remedy: "record a snapshot with this one")

    static let notFingerprinted = Unseen(
        reason: "the snapshot was taken without a key, so that secrets cannot be compared",
        remedy: "set TIDEMARK_KEY or pass --key-file when recording")

    public static func notLookedAt(_ resource: ResourceID) -> Unseen {
        Unseen(reason: "\(resource) was not looked at", remedy: "record a snapshot")
    }

    public init(_ gap: Gap) {
        self.init(reason: gap.summary, remedy: gap.remedy)
    }
}
