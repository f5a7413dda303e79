import AWSClient
import Tidemark

/// An event of a walk, for progress and logs.
public enum WalkEvent: Sendable {
    case walkStarted
    case questionStarted(Question, ResourceID)
    case questionEnded(QuestionReport)
    /// Why the environment that is waited for is unsettled, each time that it is polled; empty once it is settled.
    case unsettled([UnsettledReason])
}
