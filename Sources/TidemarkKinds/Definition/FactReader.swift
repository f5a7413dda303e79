import StrictJSON
import Tidemark

/// Reads facets on behalf of a fact. If one of them is unseen, so is the fact.
public struct FactReader {
    private let snapshot: SnapshotView
    /// The resource of the fact.
    public let resource: ResourceID
    private(set) var unseen: Unseen?
    /// The facts that are being computed for each other.
    private var computing: Set<FacetID> = []

    init(_ snapshot: SnapshotView, _ resource: ResourceID) {
        self.snapshot = snapshot
        self.resource = resource
    }

    /// A facet of the fact's own resource.
    public mutating func facet(_ name: String) -> JSON? {
        facet(FacetID(resource, name))
    }

    /// Reads a facet of any resource; nil if it is absent.
    public mutating func facet(_ id: FacetID) -> JSON? {
        switch snapshot.result(of: id) {
        case .seen(let content): return content
        case .absent: return nil
        case .unseen(let reason, let lastSeen):
            unseen = unseen ?? reason
            return lastSeen
        }
    }

    /// The resources of a kind. With the prefix of a `MembersDefinition`, only those that belong to one resource.
    /// If there may be resources that were not seen, the fact is unseen.
    public mutating func resources(of kind: Kind, within prefix: String = "") -> [ResourceID] {
        let scope = MemberScope(kind, prefix: prefix)
        let found = snapshot.resources(of: kind).filter(scope.contains)
        // A list of members is complete, whatever else could not be reached.
        let isList = !prefix.isEmpty && !found.isEmpty
        let gap = snapshot.gaps.over(scope) ?? (isList ? nil : snapshot.gaps.hidingAny(of: kind))
        unseen = unseen ?? (snapshot.knew(kind) ? gap.map(Unseen.init) : Unseen.unknownKind)
        return found
    }

    /// A fact of another resource, which makes this one unseen if it is unseen. A fact that needs itself has no value.
    public mutating func fact(_ name: String, of other: ResourceID) -> JSON? {
        observe(other)
        let id = FacetID(other, name)
        guard let fact = snapshot.kinds[other.kind]?.fact(name), !computing.contains(id) else { return nil }
        var reader = FactReader(snapshot, other)
        reader.computing = computing.union([id])
        let value = fact.compute(&reader)
        unseen = unseen ?? reader.unseen
        return value
    }

    /// A facet of another resource that something names. It is unseen if the resource was not observed.
    public mutating func facet(_ name: String, ofNamed other: ResourceID) -> JSON? {
        let id = FacetID(other, name)
        if case .absent = snapshot.result(of: id) { unseen = unseen ?? .notObserved(other) }
        return facet(id)
    }

    /// The comparison of images. It does not make the fact unseen.
    var imageComparison: ImageComparison { ImageComparison(snapshot) }

    /// Looks up a facet. It does not make the fact unseen.
    func result(of id: FacetID) -> LookupResult { snapshot.result(of: id) }

    /// Makes the fact unseen.
    mutating func setUnseen(_ reason: Unseen) { unseen = unseen ?? reason }

    /// The label of a resource: `kind/title` if that is unique, else `kind/identity`.
    public mutating func label(of other: ResourceID) -> String {
        observe(other)
        return snapshot.label(of: other)
    }

    /// Whether two secrets have the same fingerprints. Nil, which makes the fact unseen, if that is not known.
    public mutating func isSameSecret(_ one: (FacetID, AttributePath), _ other: (FacetID, AttributePath)) -> Bool? {
        guard snapshot.body.keyID != nil else {
            unseen = unseen ?? .notFingerprinted
            return nil
        }
        let (codes, others) = (fingerprints(at: one), fingerprints(at: other))
        if codes.isEmpty && others.isEmpty { unseen = unseen ?? .notFingerprinted }
        return codes == others
    }

    /// Whether two secrets are known to be the same. The fact stays seen if they are not.
    public func isKnownSameSecret(_ one: (FacetID, AttributePath), _ other: (FacetID, AttributePath)) -> Bool {
        let codes = fingerprints(at: one)
        return snapshot.body.keyID != nil && !codes.isEmpty && codes == fingerprints(at: other)
    }

    /// The fingerprints of a secret, by its parts.
    private func fingerprints(at place: (facet: FacetID, path: AttributePath)) -> [String: Fingerprint.Value] {
        let codes = CutSecret.parts.compactMap { part in
            snapshot.fingerprint(at: .init(facet: place.facet, path: place.path.description, part: part)).map {
                (part, $0)
            }
        }
        return Dictionary(uniqueKeysWithValues: codes)
    }

    private mutating func observe(_ other: ResourceID) {
        switch snapshot.result(of: FacetID(other, Snapshot.description)) {
        case .seen: break
        // It may exist if a question that could have led to it was not answered.
        case .absent: unseen = unseen ?? snapshot.gaps.hidingAny(of: other.kind).map(Unseen.init)
        case .unseen(let reason, _): unseen = unseen ?? reason
        }
    }
}
