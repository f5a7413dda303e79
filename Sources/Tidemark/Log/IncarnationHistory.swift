import StrictJSON

/// The incarnations of resources: what distinguished each from other resources of its name, and since when.
public struct IncarnationHistory: Sendable {
    /// An incarnation from an entry on.
    package struct Stretch: Sendable {
        package let since: Seq
        /// Nil if the resource was gone.
        package let value: JSON?

        package init(since: Seq, value: JSON?) {
            self.since = since
            self.value = value
        }
    }

    private let stretches: [ResourceID: [Stretch]]
    /// The first snapshot under each binding, the earliest first.
    private let bindings: [Seq]

    /// Creates a history.
    /// - Parameters:
    ///   - stretches: The stretches of each resource, the earliest first.
    ///   - bindings: The first snapshot under each binding, the earliest first.
    package init(_ stretches: [ResourceID: [Stretch]], bindings: [Seq] = []) {
        self.stretches = stretches
        self.bindings = bindings
    }

    /// The incarnations that a resource had from the first snapshot under the binding in force at an entry up to that entry, the
    /// earliest first.
    package func incarnations(of resource: ResourceID, upTo seq: Seq) -> [JSON] {
        let first = bindings.last { $0 <= seq } ?? .first
        let known = (stretches[resource] ?? []).filter { $0.since <= seq }
        // The first snapshot under the binding shows the one that was there before, if it did not change.
        let start = known.lastIndex { $0.since <= first } ?? 0
        return known[start...].compactMap(\.value)
    }
}
