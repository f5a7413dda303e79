import StrictJSON

/// A part of a resource that comes from one answer: a database's description, an environment's settings.
public struct FacetID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The resource that has the facet.
    public let resource: ResourceID
    /// The facet's name: `description`, `policy`.
    public let name: String

    /// Names a facet.
    public init(_ resource: ResourceID, _ name: String) {
        self.resource = resource
        self.name = name
    }

    /// The resource and the facet: `s3.bucket/antenna-media policy`.
    public var description: String { "\(resource) \(name)" }

    /// Whether Tidemark derives the facet: the resource's description does not have it.
    package var isDerived: Bool { Snapshot.derived.contains(name) }

    /// `[kind, identity, facet]`, as in the log.
    package var json: [JSON] { [.string(resource.kind.rawValue), .string(resource.identity), .string(name)] }

    package init?(json: [JSON]) {
        guard json.count == 3, let kind = json[0].string, let identity = json[1].string, let name = json[2].string
        else { return nil }
        self.init(ResourceID(Kind(rawValue: kind), identity), name)
    }

    /// The order by kind, identity and name, each in the order of UTF-8 bytes.
    public static func < (left: FacetID, right: FacetID) -> Bool {
        let order = left.resource.order(beside: right.resource)
        return order == 0 ? left.name.precedesByUTF8(right.name) : order < 0
    }
}
