import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

// Records answers, and follows the leads in them.
extension Walk {
    /// Records the results of a step's questions, in their order. If one of them failed, the step counts as failed.
    mutating func record(_ results: [Result<AWSAnswer, AWSError>], of step: WalkStep) {
        let step = step.answered(after: results.map(\.calls).max() ?? 0)
        statistics.add(calls: results.reduce(0) { $0 + $1.calls }, depth: step.depth)
        var answers: [AWSAnswer] = []
        var inputs: [QuestionInputs] = []
        var isFailed = false
        for (index, (question, result)) in zip(step.questions, results).enumerated() {
            switch QuestionOutcome(result, to: question, step.question) {
            case .answered(let answer):
                answers.append(answer)
                inputs.append(step.inputs[index])
            case .absent: break
            case .unanswered(let outcome, let reason):
                isFailed = true
                builder.recordGap(outcome, reason, question, at: step)
            }
        }
        if isFailed {
            if step.isReached { builder.record(step.question.unknownStatusSignals) }
            builder.recordUnreached(beyond: step)
        } else if step.question.count == .once, answers.isEmpty {
            recordAbsence(of: step)
        } else {
            record(answer(answers, to: step, inputs: inputs), of: step)
        }
    }

    /// The answer to a step; for a question that is asked once per inputs, all answers together.
    func answer(_ answers: [AWSAnswer], to step: WalkStep, inputs: [QuestionInputs]) -> Answer {
        let values = answers.map(\.value)
        return Answer(
            step.question.count == .once ? values.first ?? .null : .array(values), identity: step.resource.identity,
            place: place, inputs: inputs, payload: answers.first?.payload ?? [],
            facets: step.question.read == nil ? step.question.ownFacets : [])
    }

    /// Records what an earlier snapshot recorded, if the answer of the step never changes, and follows its leads.
    /// - Returns: Whether all of it was recorded.
    mutating func recordFromHistory(_ step: WalkStep) throws(Failure) -> Bool {
        guard step.question.isImmutable, let recorded, let inputs = step.inputs.first else { return false }
        var contents: [String: JSON] = [:]
        for facet in step.facets {
            guard let found = try recorded(facet), found.decoder == decoders[facet.resource.kind] else { return false }
            contents[facet.name] = found.content
        }
        statistics.addRecordedAnswer()
        builder.record(recorded: contents, of: step)
        let answer = Answer(recorded: contents, identity: step.resource.identity, place: place, inputs: [inputs])
        follow(answer, from: step)
        return true
    }

    mutating func record(_ answer: Answer, of step: WalkStep) {
        guard frontier.confirm(answer, of: step) else { return }
        builder.record(step.question.readings(answer))
        if step.question.members != nil { return recordList(answer, of: step) }
        if step.question.isGone(answer) { return recordAbsence(of: step) }
        do throws(UnreadableAnswer) {
            recordFacets(in: try step.question.reading(answer), of: step)
        } catch {
            builder.recordGap(.doubtful, error.reason, step.coverageQuestion, at: step)
            builder.recordUnreached(beyond: step)
        }
    }

    private mutating func recordFacets(in answer: Answer, of step: WalkStep) {
        let missing = builder.record(answer, of: step)
        if !missing.isEmpty {
            if step.question.omitsAbsent, !step.isReached { return recordAbsence(of: step) }
            builder.recordGap(
                .doubtful, .emptyAnswer, step.coverageQuestion, at: step, facets: missing)
        }
        follow(answer, from: step, isDoubtful: !missing.isEmpty)
    }

    // MARK: Lists

    private mutating func recordList(_ answer: Answer, of step: WalkStep) {
        if step.question.members?.linkKeys != nil {
            frontier.addLinkedList(answer, of: step)
        } else if let members = builder.members(in: answer, of: step) {
            builder.record(members, of: step, known: known(in: step))
        }
        follow(answer, from: step)
    }

    /// Records the members of a list that are linked, known, or listed by the user as part of the environment.
    mutating func recordLinked(_ answer: Answer, of step: WalkStep) {
        guard let members = builder.members(in: answer, of: step), let keys = step.question.members?.linkKeys else {
            return
        }
        let known = known(in: step, and: frontier.reached)
        let recorded = members.filter { member in
            let resource = ResourceID(step.definition.kind, member.identity)
            return frontier.reach(resource, linkedBy: keys(member)) || known.contains(resource)
        }
        builder.record(recorded, of: step, known: known)
    }

    /// The known resources among those that a step lists, and further ones.
    private func known(in step: WalkStep, and others: Set<ResourceID> = []) -> Set<ResourceID> {
        step.members.map { known.existing.union(others).filter($0.contains) } ?? []
    }

    // MARK: Absence

    /// Records that the resource or part of a step does not exist. What it leads to does not exist either.
    private mutating func recordAbsence(of step: WalkStep) {
        if step.question.members != nil {
            builder.recordAbsence(of: known(in: step))
        } else {
            builder.recordAbsence(of: step)
        }
        for next in step.question.leads.flatMap({ step.unasked(along: $0, kinds: kinds) }) { recordAbsence(of: next) }
    }

    /// Records the known resources that are at none of the hosts that led to them: another account or region has the named
    /// ones, or they were deleted.
    mutating func recordUnconfirmed() {
        frontier.dropUnconfirmed()
        for (resource, answered) in frontier.unconfirmed where known.existing.contains(resource) {
            record(answered.answer, of: answered.step.unreached)
        }
    }

    // MARK: Leads

    /// Follows the leads of an answer. What lies beyond a lead that cannot be read is unseen.
    /// - Parameter isDoubtful: Whether a gap over everything beyond the step is recorded already.
    private mutating func follow(_ answer: Answer, from step: WalkStep, isDoubtful: Bool = false) {
        for lead in step.question.leads where !follow(lead, in: answer, from: step) {
            builder.recordUnreadable(lead, from: step, isDoubtful: isDoubtful)
        }
    }

    /// - Returns: Whether the answer has what the lead needs.
    private mutating func follow(_ lead: Lead, in answer: Answer, from step: WalkStep) -> Bool {
        switch lead {
        case .resources(let kind, let find), .all(let kind, let find):
            guard let identities = find(answer) else { return false }
            for identity in identities where step.isReached { reach(ResourceID(kind, identity), depth: step.depth) }
        case .endpoints(_, let find):
            guard let endpoints = find(answer) else { return false }
            for endpoint in endpoints where step.isReached {
                frontier.add(endpoint)
                for resource in endpoint.candidates { reach(resource, at: endpoint.host, depth: step.depth) }
            }
        case .links(let kind, let find):
            guard let keys = find(answer) else { return false }
            if step.isReached {
                frontier.addLinks(to: kind, keys, depth: step.depth)
                reachOffers(of: kind)
            }
        case .offers(let kind, let find):
            guard let offers = find(answer) else { return false }
            if step.isReached {
                frontier.addOffers(of: kind, offers, depth: step.depth)
                reachOffers(of: kind)
            }
        case .question(_, let find), .members(_, let find):
            guard let inputs = find(answer) else { return false }
            frontier.enqueue(inputs, along: lead, from: step)
        }
        return true
    }

    /// Reaches the offered resources of a kind to which an answer refers. Each of the two answers may come first.
    private mutating func reachOffers(of kind: Kind) {
        for offer in frontier.linkedOffers(of: kind) { reach(ResourceID(kind, offer.identity), depth: offer.depth) }
    }

    mutating func reach(_ resource: ResourceID, at host: String? = nil, depth: Int) {
        guard let answered = frontier.reach(resource, at: host, depth: depth) else { return }
        var step = answered.step
        step.depth = max(step.depth, depth)
        record(answered.answer, of: step)
    }
}
