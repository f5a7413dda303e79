/// What a walk took: an answer can come no sooner than the calls that must be made one after the other.
public struct WalkStatistics: Sendable, Hashable {
    /// How many HTTP calls were made, for every page one.
    public private(set) var calls = 0
    /// How many of them, at most, had to wait for each other.
    public private(set) var longestChain = 0

    public init() {}

    /// Counts the calls of one question, after which so many have been made one after the other.
    public mutating func add(calls: Int, depth: Int) {
        self.calls += calls
        longestChain = max(longestChain, depth)
    }
}
