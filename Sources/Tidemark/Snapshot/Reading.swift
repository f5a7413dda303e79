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

    var json: JSON {
        [.string(resource.kind.rawValue), .string(resource.identity), .string(name), value]
    }

    init?(json: JSON) {
        guard let members = json.array, members.count == 4, let facet = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        self.init(resource: facet.resource, name: facet.name, value: members[3])
    }
}
