/// A snapshot that was just appended.
public struct AppendedSnapshot: Sendable {
    /// The entry that records it.
    public let entry: Entry
    /// The entry's parsed body.
    public let body: SnapshotBody
    /// The observation that it records.
    public let observation: EnvironmentObservation
    /// The locations of rotated secrets.
    public let rotated: [Fingerprint.Location]
    /// The number of resources that exist, including those that are as last seen.
    public let resourceCount: Int
    /// Whether a binding was appended with it.
    public let isNewlyBound: Bool
    /// The snapshot before, if its fingerprints cannot be compared with those of this one: no key, or another key.
    public let uncomparedSecrets: Seq?

    package init(
        entry: Entry, body: SnapshotBody, observation: EnvironmentObservation, rotated: [Fingerprint.Location] = [],
        resourceCount: Int, isNewlyBound: Bool, uncomparedSecrets: Seq? = nil
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
