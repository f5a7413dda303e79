import StrictJSON

/// All resources of a kind that belong to one other, known or not.
public struct MemberScope: Hashable, Sendable, CustomStringConvertible {
    public let kind: Kind
    public let prefix: String

    public init(_ kind: Kind, prefix: String) {
        self.kind = kind
        self.prefix = prefix
    }

    public func contains(_ resource: ResourceID) -> Bool {
        resource.kind == kind && resource.identity.utf8.starts(with: prefix.utf8)
    }

    /// Whether a resource could be in both.
    func overlaps(_ other: MemberScope) -> Bool {
        kind == other.kind
            && (prefix.utf8.starts(with: other.prefix.utf8) || other.prefix.utf8.starts(with: prefix.utf8))
    }

    /// `ecr.tag/123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:*`.
    public var description: String { "\(kind)/\(prefix)*" }

    /// The resource to which they belong, as far as the prefix names it.
    var subject: String { prefix.last.map(":/".contains) == true ? String(prefix.dropLast()) : prefix }

    var json: JSON { [.string(kind.rawValue), .string(prefix)] }

    init?(json: JSON) {
        guard let members = json.array, members.count == 2, let kind = members[0].string, let prefix = members[1].string
        else { return nil }
        self.init(Kind(rawValue: kind), prefix: prefix)
    }
}
