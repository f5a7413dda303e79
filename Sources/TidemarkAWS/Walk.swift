import AWSClient
import StrictJSON
import Tidemark

/// Asks the questions that the kinds declare, side by side, and follows where the answers lead.
struct Walk {
    private let kinds: KindRegistry
    private let place: Place
    private let ask: @Sendable (Question) async -> Asked
    private var sightings: Sightings

    /// What was asked about which resource, and how the walk came to each.
    private var asked: Set<Step.Key> = []
    private var ways = Ways()
    private var pending: [Step] = []
    /// By what answers lead to resources of listed kinds, and the lists in which these are looked up once all have come.
    private var marks: [Kind: Set<Mark>] = [:]
    private var markedLists: [(answer: Answer, step: Step)] = []
    /// The resources that are known from before.
    private let known: Set<ResourceID>
    /// How many calls, one after the other, led to what is being taken or enqueued.
    private var depth = 0
    private var effort = Effort()

    init(
        place: Place, kinds: KindRegistry, names: PropertyNames, key: FingerprintKey?, known: Set<ResourceID>,
        ask: @escaping @Sendable (Question) async -> Asked
    ) {
        self.kinds = kinds
        self.place = place
        self.known = known
        self.ask = ask
        sightings = Sightings(names: names, key: key)
    }

    /// - Throws: `Failure` where the resource from which the walk starts cannot be established.
    mutating func run(from anchor: ResourceID, also: [ResourceID] = []) async throws(Failure) {
        reach(anchor)
        try await establish(anchor)
        for resource in also { reach(resource) }
        await follow()
        noteElsewhere()
        for (answer, step) in markedLists { takeMarked(answer, of: step) }
        let unreached = known.filter { kinds[$0.kind]?.canBeLeft ?? false }.subtracting(ways.reached)
        depth = effort.longestChain
        for resource in unreached.sorted() { enqueue(resource, isReached: false) }
        await follow()
        noteReach(unreached: unreached)
    }

    // MARK: Asking

    /// The first question of all is asked alone: without its answer there is nothing to record.
    private mutating func establish(_ anchor: ResourceID) async throws(Failure) {
        guard let step = pending.first(where: { $0.question.facets.contains { $0.name == Snapshot.description } }),
            let question = step.asked.first
        else { return }
        pending.removeAll { $0.question.name == step.question.name }
        asked.insert(step.key)
        let what = "the Elastic Beanstalk environment '\(anchor.identity.printable)' cannot be established"
        let answered = await ask(question)
        switch answered.result {
        case .failure(let error): throw Failure(error, what)
        case .success(let answer):
            let seen = Answer(answer, identity: anchor.identity, place: place)
            guard step.question.facets.allSatisfy({ $0.select(from: seen) != nil }) else {
                throw Failure(
                    .notFound, "no Elastic Beanstalk environment '\(anchor.identity.printable)'",
                    why: "account \(place.account) shows none of that name in \(place.region)",
                    remedy: "check --eb-environment, --region and the permission \(question.action)")
            }
            take(Outcome(answers: [(question, answered)]), of: step)
        }
    }

    /// Asks all that is pending, and what the answers lead to, until nothing is left.
    private mutating func follow() async {
        let ask = ask
        await withTaskGroup(of: (Step, Outcome).self) { group in
            repeat {
                for step in pending where asked.insert(step.key).inserted {
                    group.addTask { (step, await Self.outcome(of: step, ask)) }
                }
                pending = []
                if let (step, outcome) = await group.next() { take(outcome, of: step) }
            } while !group.isEmpty || !pending.isEmpty
        }
    }

    /// Asks the questions of a step side by side.
    private static func outcome(
        of step: Step, _ ask: @escaping @Sendable (Question) async -> Asked
    ) async -> Outcome {
        let questions = step.asked
        return await withTaskGroup(of: (Int, Asked).self) { group in
            for (number, question) in questions.enumerated() {
                group.addTask { (number, await ask(question)) }
            }
            let results = await group.reduce(into: [:]) { results, answered in results[answered.0] = answered.1 }
            return Outcome(
                answers: questions.enumerated().compactMap { number, question in
                    results[number].map { (question, $0) }
                })
        }
    }

    /// A kind that is not known here is left alone.
    private mutating func reach(_ resource: ResourceID, at host: String? = nil) {
        guard kinds[resource.kind] != nil else { return }
        if ways.add(resource, at: host) { enqueue(resource, isReached: true) }
        if let (step, answer) = ways.reconsider(resource) { take(answer, of: step) }
    }

    private mutating func enqueue(_ resource: ResourceID, isReached: Bool) {
        // Members are listed, not asked for one by one.
        guard let definition = kinds[resource.kind], definition.members == nil, let inputs = baseInputs(resource) else {
            return
        }
        pending += definition.firstQuestions.map { question in
            Step(
                resource: resource, definition: definition, question: question, inputs: [inputs],
                isReached: isReached, depth: depth)
        }
    }

    /// What every question about a resource may be asked with; nil where nothing can be asked about it.
    private func baseInputs(_ resource: ResourceID) -> QuestionInputs? {
        kinds[resource.kind]?.inputs(resource.identity)?.merging(["identity": .string(resource.identity)]) { $1 }
    }

    // MARK: Taking answers

    private mutating func take(_ outcome: Outcome, of step: Step) {
        var answers: [JSON] = []
        var inputs: [QuestionInputs] = []
        var isFailed = false
        depth = step.depth + outcome.chain
        effort.add(calls: outcome.calls, depth: depth)
        for ((question, answered), input) in zip(outcome.answers, step.inputs) {
            switch answered.result {
            case .success(let value):
                answers.append(value)
                inputs.append(input)
            case .failure(let error) where error.code.map(step.question.absent.contains) == true: continue
            case .failure(let error):
                isFailed = true
                note(error.kind == .denied ? .denied : .failed, error.code, error.message, question, at: step)
            }
        }
        if isFailed {
            noteUnreached(beyond: step)
        } else if step.question.count == .once {
            guard let answer = answers.first else { return takeAbsence(of: step) }
            take(Answer(answer, identity: step.resource.identity, place: place, inputs: inputs), of: step)
        } else {
            take(Answer(.array(answers), identity: step.resource.identity, place: place, inputs: inputs), of: step)
        }
    }

    private mutating func take(_ answer: Answer, of step: Step) {
        guard ways.lead(to: answer, of: step) else { return }
        if step.question.members?.marks != nil {
            markedLists.append((answer, step))
        } else if step.question.members != nil {
            if let members = members(in: answer, of: step) {
                sightings.take(members, of: step, known: known(in: step))
            }
        } else {
            if step.question.isGone(answer) { return takeAbsence(of: step) }
            let doubtful = sightings.take(answer, of: step)
            if !doubtful.isEmpty {
                if step.question.omitsAbsent, !step.isReached { return takeAbsence(of: step) }
                note(.doubtful, nil, Self.emptyAnswer, step.questionAsked, at: step, facets: doubtful)
            }
        }
        follow(step.question.leads, of: answer, from: step)
    }

    /// Takes those of a list to which something led by a mark, and those that are known already.
    private mutating func takeMarked(_ answer: Answer, of step: Step) {
        guard let members = members(in: answer, of: step), let marksOf = step.question.members?.marks else { return }
        let kind = step.definition.kind
        let known = known(in: step)
        let counting = members.filter { member in
            let resource = ResourceID(kind, member.identity)
            let isLedTo = !marksOf(member).isDisjoint(with: marks[kind] ?? [])
            if isLedTo { ways.add(resource, at: nil) }
            return isLedTo || known.contains(resource)
        }
        sightings.take(counting, of: step, known: known)
    }

    private mutating func members(in answer: Answer, of step: Step) -> [MembersDefinition.Member]? {
        let members = step.question.members?.find(answer)
        if members == nil { note(.doubtful, nil, Self.emptyAnswer, step.questionAsked, at: step, facets: []) }
        return members
    }

    /// The resources that are known of those that a step lists.
    private func known(in step: Step) -> Set<ResourceID> {
        step.members.map { known.filter($0.contains) } ?? []
    }

    /// What does not exist has no parts either.
    private mutating func takeAbsence(of step: Step) {
        if step.question.members != nil {
            sightings.takeAbsence(of: known(in: step))
        } else {
            sightings.takeAbsence(of: step)
        }
        for next in step.question.leads.flatMap({ step.unasked(along: $0, kinds: kinds) }) { takeAbsence(of: next) }
    }

    private static let emptyAnswer = "the answer does not have what was asked for, and does not say that it is gone"

    private mutating func follow(_ leads: [Lead], of answer: Answer, from step: Step) {
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
                marks[kind, default: []].formUnion(found.compactMap(Mark.init))
            case .question, .members:
                let base = baseInputs(step.resource) ?? [:]
                let (definition, questions) = step.further(along: lead, kinds: kinds)
                pending += questions.map { question in
                    Step(
                        resource: step.resource, definition: definition, question: question,
                        inputs: found.map { base.merging($0) { $1 } }, isReached: step.isReached, depth: depth)
                }
            }
        }
    }

    private mutating func note(
        _ outcome: Gap.Outcome, _ code: String?, _ message: String, _ question: Question, at step: Step,
        facets: Set<FacetID>? = nil
    ) {
        let beyond = step.isReached ? kinds.kindsBeyond(step.question, of: step.definition) : []
        let listed: Set = step.definition.members == nil ? [] : [step.definition.kind]
        // What further questions would have answered is unseen because of this one, which is named as the reason.
        let hidden = facets == nil ? [step] + unasked(beyond: step) : [step]
        sightings.gaps.append(
            Gap(
                question: question, outcome: outcome, code: code, message: message.printable,
                facets: facets ?? Set(hidden.flatMap(\.facets)), members: Set(hidden.compactMap(\.members)),
                kinds: beyond.union(listed)))
    }

    /// The questions to which only this one could lead.
    private func unasked(beyond step: Step) -> [Step] {
        step.question.leads.flatMap { step.unasked(along: $0, kinds: kinds) }.flatMap { [$0] + unasked(beyond: $0) }
    }

    /// The questions that only this one could lead to are not asked, and what they would answer is unseen too.
    private mutating func noteUnreached(beyond step: Step) {
        for next in unasked(beyond: step) {
            note(.unreached, nil, "\(step.question.action) was not answered", next.questionAsked, at: next)
        }
    }

    /// An answer that does not lead on leaves unseen what the next question would have answered, if anything.
    private mutating func noteUnreached(along lead: Lead, from step: Step) {
        for next in step.unasked(along: lead, kinds: kinds) {
            if next.isMissed {
                let reason = "the answer to \(step.question.action) does not lead to it"
                note(.unreached, nil, reason, next.questionAsked, at: next)
            }
            for lead in next.question.leads { noteUnreached(along: lead, from: next) }
        }
    }

    // MARK: The result

    /// What a host names and is at another host here is another account's or region's, and unseen; what has its
    /// identity here is nothing that the walk leads to.
    private mutating func noteElsewhere() {
        ways.close()
        for (resource, (step, answer)) in ways.elsewhere {
            let reason =
                "\(resource) is at another endpoint than the one that is named, which may be another account's"
            note(
                .doubtful, nil, reason, step.questionAsked, at: step, facets: [FacetID(resource, Snapshot.reach)])
            if known.contains(resource) { take(answer, of: step.unreached) }
        }
    }

    /// Whether the walk still leads to a resource is known only if nothing that could lead to it failed.
    private mutating func noteReach(unreached: Set<ResourceID>) {
        for resource in ways.reached where !sightings.absent.contains(resource) {
            sightings.facets.updateValue(["reached": true], forKey: FacetID(resource, Snapshot.reach))
        }
        // Which of several gaps hides a reach must not depend on which answer came first.
        sightings.gaps = sightings.gaps.sorted()
        for resource in unreached where !sightings.absent.contains(resource) {
            let reach = FacetID(resource, Snapshot.reach)
            if sightings.gaps.over(reach) != nil { continue }
            if let index = sightings.gaps.firstIndex(where: { $0.kinds.contains(resource.kind) }) {
                sightings.gaps[index] = sightings.gaps[index].alsoHiding(reach)
            } else {
                sightings.facets.updateValue(["reached": false], forKey: reach)
            }
        }
    }

    /// What tells a resource from another of the same name, as it was seen now.
    func incarnation(of resource: ResourceID) -> String? {
        guard let member = kinds[resource.kind]?.incarnation,
            let content = sightings.facets[FacetID(resource, Snapshot.description)]
        else { return nil }
        return content?[member]?.string
    }

    func look(
        started: Timestamp, finished: Timestamp, binding: Binding, caller: String, awsTime: Timestamp?
    ) -> Look {
        Look(
            started: started, finished: finished, awsTime: awsTime, binding: binding, caller: caller,
            facets: sightings.facets,
            coverage: Coverage(questions: Array(Set(asked.flatMap(\.asked))), gaps: sightings.gaps),
            readings: sightings.readings.sorted { ($0.resource, $0.name) < ($1.resource, $1.name) },
            fingerprints: sightings.fingerprints, keyID: sightings.key?.id,
            decoders: kinds.decoders(names: sightings.names),
            unsettled: sightings.unsettled, failures: sightings.failures, effort: effort)
    }
}

extension Gap {
    fileprivate func alsoHiding(_ facet: FacetID) -> Gap {
        Gap(
            question: question, outcome: outcome, code: code, message: message, facets: facets.union([facet]),
            members: members, kinds: kinds)
    }
}

extension [Gap] {
    /// In an order that does not depend on which answer came first; causes before the questions not asked because of
    /// them, since the first gap over a facet is named as the reason.
    fileprivate func sorted() -> [Gap] {
        let gaps = map { ($0.question.json.canonical, $0) }.sorted { $0.0.precedesByUTF8($1.0) }.map(\.1)
        return gaps.filter { $0.outcome != .unreached } + gaps.filter { $0.outcome == .unreached }
    }
}
