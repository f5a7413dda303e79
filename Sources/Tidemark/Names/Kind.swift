import StrictJSON

/// The kind of a resource: an AWS service and a type in it, `rds.db-instance`.
public struct Kind: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }
}

/// One thing in AWS: a kind and an identity within the environment's binding.
///
/// Written `rds.db-instance/antenna-postgres`.
public struct ResourceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let kind: Kind
    public let identity: String

    public init(_ kind: Kind, _ identity: String) {
        self.kind = kind
        self.identity = identity
    }

    public var description: String { "\(kind)/\(identity)" }

    public static func < (left: ResourceID, right: ResourceID) -> Bool {
        left.order(beside: right) < 0
    }

    /// Below 0 where this stands before `other`, and 0 for the same: kind, then identity, in the order of UTF-8 bytes.
    fileprivate func order(beside other: ResourceID) -> Int {
        let order = kind.rawValue.byteOrder(comparedTo: other.kind.rawValue)
        return order == 0 ? identity.byteOrder(comparedTo: other.identity) : order
    }
}

/// A part of a resource that stands or falls with its own answer: a database's description, an environment's settings.
public struct FacetID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let resource: ResourceID
    public let name: String

    public init(_ resource: ResourceID, _ name: String) {
        self.resource = resource
        self.name = name
    }

    public var description: String { "\(resource) \(name)" }

    /// The facet as the log writes it: `[kind, identity, facet]`.
    public var json: [JSON] { [.string(resource.kind.rawValue), .string(resource.identity), .string(name)] }

    public init?(json: [JSON]) {
        guard json.count == 3, let kind = json[0].string, let identity = json[1].string, let name = json[2].string
        else { return nil }
        self.init(ResourceID(Kind(rawValue: kind), identity), name)
    }

    public static func < (left: FacetID, right: FacetID) -> Bool {
        let order = left.resource.order(beside: right.resource)
        return order == 0 ? left.name.precedesByUTF8(right.name) : order < 0
    }
}
