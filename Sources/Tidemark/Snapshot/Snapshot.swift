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
    public let body: SnapshotBody

    public init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, actor: String, facets: [FacetID: StoredFacet],
        body: SnapshotBody
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.actor = actor
        self.facets = facets
        self.body = body
        let identified = facets.keys.filter { $0.name == Snapshot.description }.map(\.resource)
        resources = identified.sorted()
    }

    /// The resources that exist, in the order of kind and identity.
    public let resources: [ResourceID]

    public var coverage: Coverage { Coverage(questions: [], gaps: body.gaps) }

    /// Whether the walk led to a resource, or it is only known from before.
    public func isReached(_ resource: ResourceID) -> Bool {
        facets[FacetID(resource, Snapshot.reach)]?.content["reached"]?.bool ?? true
    }

    /// What can be said about a facet.
    public func sight(of facet: FacetID) -> Sight {
        let stored = facets[facet]
        if let gap = coverage.gap(over: facet) { return .unseen(Unseen(gap), lastSeen: stored?.content) }
        return stored.map { .seen($0.content) } ?? .absent
    }

    /// A resource as people know it: by its kind's title where that names just one, else by its identity.
    public func label(of resource: ResourceID, kinds: KindRegistry = .all) -> String {
        guard let title = title(of: resource, kinds: kinds) else { return resource.description }
        let namesakes = resources.filter {
            $0.kind == resource.kind && self.title(of: $0, kinds: kinds)?.isIdenticalText(to: title) == true
        }
        return namesakes.count == 1 ? "\(resource.kind)/\(title)" : resource.description
    }

    private func title(of resource: ResourceID, kinds: KindRegistry) -> String? {
        guard let member = kinds[resource.kind]?.title else { return nil }
        return facets[FacetID(resource, Snapshot.description)]?.content[member]?.string
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
public enum Sight: Sendable {
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

    init(_ gap: Gap) {
        let remedy = gap.outcome == .denied ? "allow \(gap.question.action)" : nil
        self.init(reason: gap.summary, remedy: remedy)
    }
}
