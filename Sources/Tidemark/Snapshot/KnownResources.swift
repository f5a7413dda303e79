/// The resources that earlier snapshots recorded.
public struct KnownResources: Sendable {
    /// The resources that exist, including those that were last seen in an older snapshot.
    public let existing: Set<ResourceID>
    /// The existing resources that are replaced routinely. The state does not keep for good that one of these is gone.
    public let routine: Set<ResourceID>
    /// The resources that were described, and that are gone.
    public let gone: Set<ResourceID>
    /// The resources that do not exist and that no lasting record is kept of: it ends when nothing refers to them any more.
    public let neverSeen: Set<ResourceID>

    /// Creates the resources that earlier snapshots recorded; none without arguments.
    public init(
        existing: Set<ResourceID> = [], routine: Set<ResourceID> = [], gone: Set<ResourceID> = [],
        neverSeen: Set<ResourceID> = []
    ) {
        self.existing = existing
        self.routine = routine
        self.gone = gone
        self.neverSeen = neverSeen
    }
}
