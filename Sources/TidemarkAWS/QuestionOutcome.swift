import AWSClient
import Tidemark
import TidemarkKinds

/// The outcome of one question of a step.
enum QuestionOutcome {
    case answered(AWSAnswer)
    /// AWS reports that the resource, or the part of it, does not exist.
    case absent
    case unanswered(Gap.Outcome, GapReason)

    init(_ result: Result<AWSAnswer, AWSError>, to question: Question, _ definition: QuestionDefinition) {
        switch result {
        case .success(let answer):
            let unreadable = definition.requirement?.unreadable(
                about: answer.value, to: question, partial: answer.partial)
            self = unreadable.map { .unanswered(.doubtful, $0.reason) } ?? .answered(answer)
        case .failure(let error) where error.code.map(definition.absent.contains) == true: self = .absent
        case .failure(let error):
            self = .unanswered(error.reason == .denied ? .denied : .failed, .call(CallFailure(error)))
        }
    }
}
