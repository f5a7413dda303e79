/// A header field of a request or an answer.
public struct HTTPHeader: Sendable, Hashable {
    /// The field's name, in any case.
    public let name: String
    /// The field's value, without surrounding white space.
    public let value: String

    /// Creates a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
