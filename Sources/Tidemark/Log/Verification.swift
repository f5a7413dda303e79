/// What a verification of a whole history found to hold.
public struct Verification: Sendable, Hashable {
    /// The number of entries of each environment.
    public let entries: [EnvironmentName: Int]
    /// The newest entry of each environment.
    public let heads: Heads
    /// The number of stored contents.
    public let contents: Int

    package init(entries: [EnvironmentName: Int], heads: Heads, contents: Int) {
        self.entries = entries
        self.heads = heads
        self.contents = contents
    }
}
