import StrictJSON

/// The kind of a resource: an AWS service and a type in it, `rds.db-instance`.
public struct Kind: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

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
        precedes([left.kind.rawValue, left.identity], [right.kind.rawValue, right.identity])
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
        precedes(
            [left.resource.kind.rawValue, left.resource.identity, left.name],
            [right.resource.kind.rawValue, right.resource.identity, right.name])
    }
}

/// Whether one list of texts stands before another, text by text, in the order of UTF-8 bytes.
private func precedes(_ left: [String], _ right: [String]) -> Bool {
    for (left, right) in zip(left, right) where !left.isIdenticalText(to: right) {
        return left.precedesByUTF8(right)
    }
    return left.count < right.count
}
