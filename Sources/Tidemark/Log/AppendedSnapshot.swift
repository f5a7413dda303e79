/// What was appended by recording a look.
public struct AppendedSnapshot: Sendable {
    public let entry: Entry
    public let body: SnapshotBody
    public let observation: EnvironmentObservation
    /// Where a secret is another one than before.
    public let rotated: [Fingerprint.Location]
    /// How many resources exist after it, as far as is known.
    public let resourceCount: Int
    /// Whether the environment was bound, or bound anew, along with it.
    public let isNewlyBound: Bool
    /// The snapshot before it, where that has fingerprints of secrets and this one has none, or under another key.
    public let uncomparedSecrets: Seq?

    public init(
        entry: Entry, body: SnapshotBody, observation: EnvironmentObservation, rotated: [Fingerprint.Location] = [],
        resourceCount: Int,
        isNewlyBound: Bool, uncomparedSecrets: Seq? = nil
    ) {
        self.entry = entry
        self.body = body
        self.observation = observation
        self.rotated = rotated
        self.resourceCount = resourceCount
        self.isNewlyBound = isNewlyBound
        self.uncomparedSecrets = uncomparedSecrets
    }
}
