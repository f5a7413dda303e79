import StrictJSON
import Tidemark

/// A snapshot read through a registry of kinds, which gives its resources titles, attributes and facts.
public struct SnapshotView: Sendable {
    /// The recorded data.
    public let snapshot: Snapshot
    /// The kinds that interpret the data.
    public let kinds: KindRegistry
    private let titles: [ResourceID: String]
    private let labels: [ResourceID: String]
    /// Collects what is read; nil if nobody asks.
    private var reads: ReadParts?

    /// Creates a view of a snapshot.
    public init(_ snapshot: Snapshot, kinds: KindRegistry) {
        self.snapshot = snapshot
        self.kinds = kinds
        titles = Self.titles(of: snapshot.resources, facets: snapshot.facets, kinds: kinds)
        labels = Self.labels(from: titles)
    }

    /// The view, with a collection of what is read from then on.
    package func noting(_ reads: ReadParts) -> SnapshotView {
        var view = self
        view.reads = reads
        return view
    }

    /// Notes a part of the snapshot, or of the history before it, that is read.
    package func note(_ part: StatePart) { reads?.insert(part) }

    /// Notes that the titles of a kind's resources are read.
    private func noteTitles(of kind: Kind) {
        switch kinds[kind]?.title {
        case .attribute: note(.facets(kind, name: Snapshot.description))
        case .part: note(.resources(kind))
        case nil: break
        }
    }

    /// Whether the walk led to a resource; false for one that is only known from before.
    public func isReached(_ resource: ResourceID) -> Bool {
        facet(reach(of: resource))?.content["reached"]?.bool ?? true
    }

    /// The facet that shows whether a resource is reached; for a listed resource, that of its owner.
    private func reach(of resource: ResourceID) -> FacetID {
        FacetID(kinds[resource.kind]?.members?.owner(resource.identity) ?? resource, Snapshot.reach)
    }

    /// Whether ordinary deploys, rebuilds or repairs replace a resource under its name, or by one of another name.
    package func isReplacedRoutinely(_ resource: ResourceID) -> Bool {
        let description = FacetID(resource, Snapshot.description)
        return kinds[resource.kind]?.isReplacedRoutinely(resource.identity, { facet(description)?.content }) ?? false
    }

    /// Looks up a facet.
    public func result(of facet: FacetID) -> LookupResult {
        let facet = facet.name == Snapshot.reach ? reach(of: facet.resource) : facet
        let stored = self.facet(facet)
        guard snapshot.knew(facet.resource.kind) else { return .unseen(Unseen.unknownKind, lastSeen: stored?.content) }
        // An incarnation comes from the description.
        let answered = facet.name == Snapshot.incarnation ? FacetID(facet.resource, Snapshot.description) : facet
        if let gap = snapshot.gap(over: answered) { return .unseen(Unseen(gap), lastSeen: stored?.content) }
        return stored.map { .seen($0.content) } ?? .absent
    }

    /// The label of a resource: `kind/title` if that is unique, else `kind/identity`.
    public func label(of resource: ResourceID) -> String {
        noteTitles(of: resource.kind)
        return labels[resource] ?? resource.description
    }

    /// The name that people use for a resource, if its kind has one; other resources may have it too.
    package func title(of resource: ResourceID) -> String? {
        noteTitles(of: resource.kind)
        return titles[resource]
    }

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

/// The snapshot's own data.
extension SnapshotView {
    /// The environment.
    public var environment: EnvironmentName { snapshot.environment }
    /// The entry of the snapshot.
    public var seq: Seq { snapshot.seq }
    /// The time of the snapshot's entry.
    public var at: Timestamp { snapshot.at }
    package var secondsAhead: Int64? { snapshot.secondsAhead }
    package var actor: String? { snapshot.actor }
    package var body: SnapshotRecord { snapshot.body }
    /// The resources that exist, sorted.
    public var resources: [ResourceID] { snapshot.resources }
    /// Every question that was not answered.
    public var gaps: [Gap] { snapshot.gaps }
    package var descriptions: [ResourceID: JSON] { snapshot.descriptions }
    package var recordedRelease: RecordedRelease? { snapshot.recordedRelease }
    package func knew(_ kind: Kind) -> Bool { snapshot.knew(kind) }
    package func gap(hidingAnyOf kind: Kind) -> Gap? { snapshot.gap(hidingAnyOf: kind) }
    package func gap(about kind: Kind) -> Gap? { snapshot.gap(about: kind) }
}
