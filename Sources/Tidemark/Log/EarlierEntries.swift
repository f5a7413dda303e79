import StrictJSON

/// What a rule reads beside a snapshot: the earlier incarnations of resources, which distinguish each from others of its name, and
/// the deployments that nobody recorded.
public struct EarlierEntries: Sendable {
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
    /// The deployments that no release books, the earliest first.
    private let unrecorded: [UnrecordedDeployment]

    /// Creates what earlier entries show.
    /// - Parameters:
    ///   - stretches: The stretches of each resource, the earliest first.
    ///   - bindings: The first snapshot under each binding, the earliest first.
    ///   - unrecorded: The deployments that no release books, the earliest first.
    package init(
        _ stretches: [ResourceID: [Stretch]], bindings: [Seq] = [], unrecorded: [UnrecordedDeployment] = []
    ) {
        self.unrecorded = unrecorded
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

    /// The deployment that is in place at an entry, if no release books it.
    package func unrecordedDeployment(at seq: Seq) -> UnrecordedDeployment? {
        unrecorded.last { $0.since <= seq }.flatMap { $0.until.map { seq < $0 } ?? true ? $0 : nil }
    }
}

/// A deployment that no release books.
package struct UnrecordedDeployment: Sendable {
    /// The entry that shows it first.
    package let since: Seq
    /// The entry of the next deployment; nil if there is none.
    package let until: Seq?
    /// When the snapshots before it and with it were taken.
    package let bracket: (after: Timestamp, at: Timestamp)
    package let change: RunningChange

    package init(since: Seq, until: Seq?, bracket: (after: Timestamp, at: Timestamp), change: RunningChange) {
        (self.since, self.until, self.bracket, self.change) = (since, until, bracket, change)
    }
}
