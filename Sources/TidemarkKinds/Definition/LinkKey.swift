/// A name that ties a listed resource to another one: the dimension of an alarm's metric that names a database.
public struct LinkKey: Hashable, Sendable {
    /// The name of the member: `DBInstanceIdentifier`.
    public let name: String
    /// The value of the member: `antenna-postgres`.
    public let value: String

    /// Creates a key from the name and the value of a member.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
