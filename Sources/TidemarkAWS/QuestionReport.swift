import AWSClient
import Tidemark

/// The outcome of one question, without the answer, which may contain secrets.
public struct QuestionReport: Sendable {
    /// The question that was asked.
    public let question: Question
    /// The error of the call, secrets redacted; nil if the question was answered.
    public let error: AWSError?
    /// The time from the first call to the last answer.
    public let duration: Duration

    /// The question and its outcome in one line.
    public var line: String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        let outcome = error.map { "\($0)".printable } ?? "answered"
        return "\(question.description.printable): \(outcome) (\(milliseconds) ms)"
    }
}
