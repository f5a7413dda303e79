/// What a snapshot shows to have been deployed since the snapshot before.
public struct ObservedRun: Sendable {
    /// The deployment that the snapshot shows first; nil if it shows none, or the first state.
    public let deployment: RunningChange?
    /// Whether a release books that deployment.
    public let isRecorded: Bool
    /// The settled snapshot before the deployment.
    public let after: DatedEntry?
    /// The images that run, compared with those in the snapshot before; nil for the first snapshot.
    public let sinceSnapshot: RunningChange?

    package init(
        deployment: RunningChange? = nil, isRecorded: Bool = false, after: DatedEntry? = nil,
        sinceSnapshot: RunningChange? = nil
    ) {
        self.deployment = deployment
        self.isRecorded = isRecorded
        self.after = after
        self.sinceSnapshot = sinceSnapshot
    }
}
