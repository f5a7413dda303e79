/// The entries, heads and contents of a verified history.
public struct Verification: Sendable, Hashable {
    /// The number of entries of each environment.
    public let entries: [EnvironmentName: Int]
    /// The newest entry of each environment.
    public let heads: Heads
    /// The number of stored contents.
    public let contents: Int
    /// The number of entries without a body, which was erased.
    public let erasedBodies: Int
    /// The number of contents that an entry names and the history does not have: they were erased.
    public let erasedContents: Int

    /// The snapshots that repeat one of the same command: one record was written twice.
    public let repeated: [EnvironmentName: [Seq]]

    /// The number of releases that a CI provider signed.
    public let signatures: Int
    /// Whether those signatures were verified.
    public let areSignaturesVerified: Bool

    package init(
        entries: [EnvironmentName: Int], heads: Heads, contents: Int, erasedBodies: Int = 0, erasedContents: Int = 0,
        repeated: [EnvironmentName: [Seq]] = [:], signatures: Int = 0, areSignaturesVerified: Bool = false
    ) {
        self.signatures = signatures
        self.areSignaturesVerified = areSignaturesVerified
        self.repeated = repeated
        self.erasedBodies = erasedBodies
        self.erasedContents = erasedContents
        self.entries = entries
        self.heads = heads
        self.contents = contents
    }
}
