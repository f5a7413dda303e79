import StrictJSON

/// One thing in AWS: a kind and an identity within the environment's binding.
///
/// Written `rds.db-instance/antenna-postgres`.
public struct ResourceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The kind of the resource.
    public let kind: Kind
    /// The name, id or ARN that identifies the resource among those of its kind: `antenna-postgres`.
    public let identity: String

    /// Names a resource.
    public init(_ kind: Kind, _ identity: String) {
        self.kind = kind
        self.identity = identity
    }

    /// The kind and the identity: `rds.db-instance/antenna-postgres`.
    public var description: String { "\(kind)/\(identity)" }

    /// The order by kind, then identity, each in the order of UTF-8 bytes.
    public static func < (left: ResourceID, right: ResourceID) -> Bool {
        left.order(beside: right) < 0
    }

    /// Negative if this precedes `other`, 0 if they are equal: by kind, then identity, in the order of UTF-8 bytes.
    func order(beside other: ResourceID) -> Int {
        let order = kind.rawValue.byteOrder(comparedTo: other.kind.rawValue)
        return order == 0 ? identity.byteOrder(comparedTo: other.identity) : order
    }
}
