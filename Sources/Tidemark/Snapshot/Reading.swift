import StrictJSON

/// A volatile value that is stored beside the description: an environment's health, an alarm's state.
public struct Reading: Sendable, Hashable {
    /// The resource that the value is about.
    public let resource: ResourceID
    /// The path of the value in AWS's names: `State.Name`.
    public let name: String
    /// The value as AWS answered it, secrets redacted.
    public let value: JSON

    /// Creates a reading.
    public init(resource: ResourceID, name: String, value: JSON) {
        self.resource = resource
        self.name = name
        self.value = value
    }

    package init(_ id: ID, _ value: JSON) {
        self.init(resource: id.resource, name: id.name, value: value)
    }

    /// The resource and the name of a reading.
    package struct ID: Sendable, Hashable, Comparable {
        package let resource: ResourceID
        package let name: String

        package init(_ resource: ResourceID, _ name: String) {
            self.resource = resource
            self.name = name
        }

        /// The order by kind, identity and name, each in the order of UTF-8 bytes.
        package static func < (left: ID, right: ID) -> Bool {
            let order = left.resource.order(beside: right.resource)
            return order == 0 ? left.name.precedesByUTF8(right.name) : order < 0
        }

        /// `[kind, identity, name]`.
        var json: [JSON] { [.string(resource.kind.rawValue), .string(resource.identity), .string(name)] }
    }

    package var id: ID { ID(resource, name) }
}
