/// What a snapshot shows to have been deployed since the snapshot before.
public struct ObservedRun: Sendable {
    /// The deployment that the snapshot shows first; nil if it shows none, or the first state.
    public let deployment: RunningChange?
    /// The images that run, compared with those in the snapshot before; nil for the first snapshot.
    public let sinceSnapshot: RunningChange?

    package init(deployment: RunningChange? = nil, sinceSnapshot: RunningChange? = nil) {
        self.deployment = deployment
        self.sinceSnapshot = sinceSnapshot
    }
}
