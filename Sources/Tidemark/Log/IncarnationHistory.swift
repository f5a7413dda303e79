import StrictJSON

/// The incarnations of resources under one binding: what distinguished each from other resources of its name, and since when.
public struct IncarnationHistory: Sendable {
    /// An incarnation from an entry on.
    package struct Stretch: Sendable {
        package let since: Seq
        package let value: JSON

        package init(since: Seq, value: JSON) {
            self.since = since
            self.value = value
        }
    }

    private let stretches: [ResourceID: [Stretch]]

    /// Creates a history.
    /// - Parameter stretches: The stretches of each resource, the earliest first.
    package init(_ stretches: [ResourceID: [Stretch]]) { self.stretches = stretches }

    /// The incarnations that a resource had by an entry, the earliest first.
    package func incarnations(of resource: ResourceID, upTo seq: Seq) -> [JSON] {
        (stretches[resource] ?? []).filter { $0.since <= seq }.map(\.value)
    }
}
