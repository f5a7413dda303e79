import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

// The resource from which a walk starts.
extension Walk {
    /// Asks for the description of the anchor alone: without it there is nothing to record.
    /// - Returns: The step and its answer; nil if the anchor's kind has no such question.
    mutating func establish(_ anchor: ResourceID) async throws(Failure) -> AnsweredStep? {
        guard let step = frontier.start(at: anchor), let question = step.questions.first else { return nil }
        let answered: AWSAnswer
        do throws(AWSError) {
            answered = try await ask(question, step).get()
        } catch {
            throw Failure(
                error, "the Elastic Beanstalk environment '\(anchor.identity.printable)' cannot be determined")
        }
        let answer = answer([answered], to: step, inputs: step.inputs)
        guard step.question.facets.allSatisfy({ answer.content(of: $0) != nil }) else {
            throw Failure(
                .notFound, "no Elastic Beanstalk environment '\(anchor.identity.printable)'",
                why: "account \(place.account) shows none of that name in \(place.region)",
                remedy: .checkEnvironment(permission: question.action))
        }
        statistics.add(calls: answered.calls, depth: answered.calls)
        record(answer, of: step.answered(after: answered.calls))
        frontier.enqueue(anchor, isReached: true, depth: answered.calls)
        return AnsweredStep(step: step, answer: answer)
    }

    /// Asks for the anchor's description again when all else is answered: the answers are of one moment only if it did not
    /// change.
    mutating func compare(_ first: AnsweredStep) async {
        guard let question = first.step.questions.first else { return }
        let result = await ask(question, first.step)
        statistics.add(calls: result.calls, depth: statistics.longestChain + result.calls)
        switch result {
        case .success(let answered):
            let last = answer([answered], to: first.step, inputs: first.step.inputs)
            builder.record(first.step.question.statusSignals(last))
            if !first.step.question.isUnchanged(from: first.answer, to: last) {
                builder.record([.unsettled(.changedDuringWalk)])
            }
        case .failure(let error):
            builder.record([.unsettled(.changeUnknown(CallFailure(error)))])
        }
    }
}
