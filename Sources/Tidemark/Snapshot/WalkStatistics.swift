/// The number of calls of a walk, and the longest chain of dependent calls, which bounds its duration.
public struct WalkStatistics: Sendable, Hashable {
    /// The number of HTTP calls, one for each page.
    public private(set) var calls = 0
    /// The length of the longest chain of dependent calls.
    public private(set) var longestChain = 0

    /// The number of questions that an earlier snapshot answered for good, so that they were not asked.
    public private(set) var recordedAnswers = 0

    /// Creates statistics of no calls.
    public init() {}

    /// Counts the calls of one question.
    /// - Parameter depth: The length of the chain of calls up to and including this question.
    package mutating func add(calls: Int, depth: Int) {
        self.calls += calls
        longestChain = max(longestChain, depth)
    }

    /// Counts a question that an earlier snapshot answered.
    package mutating func addRecordedAnswer() { recordedAnswers += 1 }
}
