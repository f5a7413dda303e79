import StrictJSON

/// All resources of one kind that belong to another resource, known or unknown.
public struct MemberScope: Hashable, Sendable, CustomStringConvertible {
    /// The kind of the resources.
    public let kind: Kind
    /// The beginning of their identities; empty for all of the kind.
    public let prefix: String

    /// Creates a scope.
    public init(_ kind: Kind, prefix: String) {
        self.kind = kind
        self.prefix = prefix
    }

    package func contains(_ resource: ResourceID) -> Bool {
        resource.kind == kind && resource.identity.utf8.starts(with: prefix.utf8)
    }

    /// Whether a resource can be in both scopes.
    func overlaps(_ other: MemberScope) -> Bool {
        kind == other.kind
            && (prefix.utf8.starts(with: other.prefix.utf8) || other.prefix.utf8.starts(with: prefix.utf8))
    }

    /// `ecr.tag/123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:*`.
    public var description: String { "\(kind)/\(prefix)*" }

    /// The resource that they belong to, as the prefix names it.
    var subject: String { prefix.last.map(":/".contains) == true ? String(prefix.dropLast()) : prefix }

    var json: JSON { [.string(kind.rawValue), .string(prefix)] }

    init?(json: JSON) {
        guard let members = json.array, members.count == 2, let kind = members[0].string, let prefix = members[1].string
        else { return nil }
        self.init(Kind(rawValue: kind), prefix: prefix)
    }
}
