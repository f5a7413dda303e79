import AWSClient
import Tidemark

// What is unseen because a question was not answered.
extension Walk {
    mutating func note(
        _ outcome: Gap.Outcome, _ code: String?, _ message: String, _ question: Question, at step: Step,
        facets: Set<FacetID>? = nil
    ) {
        let beyond = step.isReached ? kinds.kindsBeyond(step.question, of: step.definition) : []
        let listed: Set = step.definition.members == nil ? [] : [step.definition.kind]
        // What further questions would have answered is unseen because of this one, which is named as the reason.
        let hidden = facets == nil ? [step] + unasked(beyond: step) : [step]
        builder.gaps.append(
            Gap(
                question: question, outcome: outcome, code: code, message: RedactedText(message).text.printable,
                facets: facets ?? Set(hidden.flatMap(\.facets)), members: Set(hidden.compactMap(\.members)),
                kinds: beyond.union(listed)))
    }

    /// What is named by a URL's secret can be neither stored under that name nor asked for by it.
    mutating func noteRedacted(_ step: Step) {
        note(.unreached, nil, "its name has a secret of a URL in it", step.questionAsked, at: step)
        noteUnreached(beyond: step)
    }

    /// The questions to which only this one could lead.
    func unasked(beyond step: Step) -> [Step] {
        step.question.leads.flatMap { step.unasked(along: $0, kinds: kinds) }.flatMap { [$0] + unasked(beyond: $0) }
    }

    /// The questions that only this one could lead to are not asked, and what they would answer is unseen too.
    mutating func noteUnreached(beyond step: Step) {
        for next in unasked(beyond: step) {
            note(.unreached, nil, "\(step.question.action) was not answered", next.questionAsked, at: next)
        }
    }

    /// An answer that does not lead on leaves unseen what the next question would have answered, if anything.
    mutating func noteUnreached(along lead: Lead, from step: Step) {
        for next in step.unasked(along: lead, kinds: kinds) {
            if next.isMissed {
                let reason = "the answer to \(step.question.action) does not lead to it"
                note(.unreached, nil, reason, next.questionAsked, at: next)
            }
            for lead in next.question.leads { noteUnreached(along: lead, from: next) }
        }
    }
}
