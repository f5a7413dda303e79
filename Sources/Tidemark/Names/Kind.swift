/// The kind of a resource: an AWS service and a type in it, `rds.db-instance`.
public struct Kind: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
    /// The service and the type: `rds.db-instance`.
    public let rawValue: String

    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The service and the type: `rds.db-instance`.
    public var description: String { rawValue }
}
