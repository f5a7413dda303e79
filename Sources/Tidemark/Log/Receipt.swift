/// What was appended by recording a look.
public struct Receipt: Sendable {
    public let entry: Entry
    public let body: SnapshotBody
    public let look: Look
    /// Where a secret is another one than before.
    public let rotated: [Fingerprint.Place]
    /// How many resources exist after it, as far as is known.
    public let resourceCount: Int
    /// Whether the environment was bound, or bound anew, along with it.
    public let isNewlyBound: Bool

    public init(
        entry: Entry, body: SnapshotBody, look: Look, rotated: [Fingerprint.Place] = [], resourceCount: Int,
        isNewlyBound: Bool
    ) {
        self.entry = entry
        self.body = body
        self.look = look
        self.rotated = rotated
        self.resourceCount = resourceCount
        self.isNewlyBound = isNewlyBound
    }
}
