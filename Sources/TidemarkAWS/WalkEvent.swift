import AWSClient
import Tidemark

/// An event of a walk, for progress and logs.
public enum WalkEvent: Sendable {
    /// A walk started, and asks its first question next.
    case walkStarted
    /// A question about a resource was sent.
    case questionStarted(Question, ResourceID)
    /// A question was answered, or failed after all retries.
    case questionEnded(QuestionReport)
    /// A poll found the environment unsettled for these reasons; empty once it is settled.
    case unsettled([UnsettledReason])
}
