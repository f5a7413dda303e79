import AWSClient
import StrictJSON
import Tidemark

// What an answer says, and where it leads.
extension Walk {
    mutating func take(_ outcome: StepResult, of step: Step) {
        var answers: [JSON] = []
        var inputs: [QuestionInputs] = []
        var isFailed = false
        depth = step.depth + outcome.chain
        effort.add(calls: outcome.calls, depth: depth)
        for ((question, answered), input) in zip(outcome.answers, step.inputs) {
            switch answered.result {
            case .success(let value):
                let requirement = step.question.requirement
                if let unreadable = requirement?.unreadable(about: value, to: question, partial: answered.partial) {
                    isFailed = true
                    note(.doubtful, nil, unreadable.reason, question, at: step)
                    continue
                }
                answers.append(value)
                inputs.append(input)
            case .failure(let error) where error.code.map(step.question.absent.contains) == true: continue
            case .failure(let error):
                isFailed = true
                note(error.kind == .denied ? .denied : .failed, error.code, error.message, question, at: step)
            }
        }
        if isFailed {
            if step.isReached { builder.take(step.question.unknownStatusSignals) }
            noteUnreached(beyond: step)
        } else if step.question.count == .once {
            guard let answer = answers.first else { return takeAbsence(of: step) }
            let payload = outcome.answers.first?.asked.payload ?? []
            take(
                Answer(answer, identity: step.resource.identity, place: place, inputs: inputs, payload: payload),
                of: step)
        } else {
            take(Answer(.array(answers), identity: step.resource.identity, place: place, inputs: inputs), of: step)
        }
    }

    mutating func take(_ answer: Answer, of step: Step) {
        guard reachedResources.lead(to: answer, of: step) else { return }
        if step.question.members?.linkKeys != nil {
            markedLists.append((answer, step))
        } else if step.question.members != nil {
            if let members = members(in: answer, of: step) {
                builder.take(members, of: step, known: known(in: step))
            }
        } else {
            if step.question.isGone(answer) { return takeAbsence(of: step) }
            let doubtful = builder.take(answer, of: step)
            if !doubtful.isEmpty {
                if step.question.omitsAbsent, !step.isReached { return takeAbsence(of: step) }
                note(.doubtful, nil, Self.emptyAnswer, step.questionAsked, at: step, facets: doubtful)
            }
        }
        follow(step.question.leads, of: answer, from: step)
    }

    /// Takes those of a list to which something led by a mark, and those that are known already.
    mutating func takeMarked(_ answer: Answer, of step: Step) {
        guard let members = members(in: answer, of: step), let marksOf = step.question.members?.linkKeys else { return }
        let kind = step.definition.kind
        let known = known(in: step)
        let counting = members.filter { member in
            let resource = ResourceID(kind, member.identity)
            let isLedTo = !marksOf(member).isDisjoint(with: linkKeys[kind] ?? [])
            if isLedTo { reachedResources.add(resource, at: nil) }
            return isLedTo || known.contains(resource)
        }
        builder.take(counting, of: step, known: known)
    }

    mutating func members(in answer: Answer, of step: Step) -> [MembersDefinition.Member]? {
        do throws(UnreadableAnswer) {
            guard let members = try step.question.members?.find(answer) else {
                throw UnreadableAnswer(Self.emptyAnswer)
            }
            return try Self.redactNames(of: members)
        } catch {
            note(.doubtful, nil, error.reason, step.questionAsked, at: step, facets: [])
            return nil
        }
    }

    /// A name is stored too; two that are equal without their secrets cannot be distinguished.
    private static func redactNames(
        of members: [MembersDefinition.Member]
    ) throws(UnreadableAnswer) -> [MembersDefinition.Member] {
        let named = members.map { member in
            MembersDefinition.Member(
                RedactedText(member.identity).text, member.content, readings: member.readings)
        }
        let names = Set(members.map { JSON.string($0.identity) })
        guard Set(named.map { JSON.string($0.identity) }).count == names.count else {
            throw UnreadableAnswer("the names of two resources differ only in a URL's secret")
        }
        return named
    }

    /// The resources that are known of those that a step lists.
    func known(in step: Step) -> Set<ResourceID> {
        step.members.map { known.filter($0.contains) } ?? []
    }

    /// What does not exist has no parts either.
    mutating func takeAbsence(of step: Step) {
        if step.question.members != nil {
            builder.takeAbsence(of: known(in: step))
        } else {
            builder.takeAbsence(of: step)
        }
        for next in step.question.leads.flatMap({ step.unasked(along: $0, kinds: kinds) }) { takeAbsence(of: next) }
    }

    private static let emptyAnswer = "the answer does not have what was asked for, and does not say that it is gone"

    mutating func follow(_ leads: [Lead], of answer: Answer, from step: Step) {
        for lead in leads {
            guard let found = lead.find(answer) else {
                noteUnreached(along: lead, from: step)
                continue
            }
            switch lead.destination {
            case .kind(let kind):
                guard step.isReached else { continue }
                for way in found {
                    guard let identity = way["identity"]?.string else { continue }
                    reach(ResourceID(kind, identity), at: way["host"]?.string)
                }
            case .marked(let kind):
                guard step.isReached else { continue }
                linkKeys[kind, default: []].formUnion(found.compactMap(Mark.init))
            case .question, .members:
                let base = baseInputs(step.resource) ?? [:]
                let (definition, questions) = step.further(along: lead, kinds: kinds)
                pending += questions.map { question in
                    Step(
                        resource: step.resource, definition: definition, question: question,
                        inputs: found.map { base.merging($0.mapValues(\.withoutSecretsInTexts)) { $1 } },
                        isReached: step.isReached, depth: depth)
                }
            }
        }
    }
}
