import AWSClient
import StrictJSON
import Tidemark

/// Asks the questions that the kinds declare, side by side, and follows where the answers lead.
struct Walk {
    private let kinds: KindRegistry
    private let place: Place
    private let ask: @Sendable (Question) async -> Result<JSON, AWSError>
    private var sightings: Sightings

    /// What was asked about which resource, and which resources the walk has come to.
    private var asked: Set<Step.Key> = []
    private var reached: Set<ResourceID> = []
    private var pending: [Step] = []

    init(
        place: Place, kinds: KindRegistry, names: PropertyNames, key: FingerprintKey?,
        ask: @escaping @Sendable (Question) async -> Result<JSON, AWSError>
    ) {
        self.kinds = kinds
        self.place = place
        self.ask = ask
        sightings = Sightings(names: names, key: key)
    }

    /// - Throws: `Failure` where the resource from which the walk starts cannot be established.
    mutating func run(from anchor: ResourceID, known: Set<ResourceID>) async throws(Failure) {
        reach(anchor)
        try await establish(anchor)
        await follow()
        let unreached = known.filter { kinds[$0.kind] != nil }.subtracting(reached)
        for resource in unreached.sorted() { enqueue(resource, isReached: false) }
        await follow()
        noteReach(unreached: unreached)
    }

    // MARK: Asking

    /// The first question of all is asked alone: without its answer there is nothing to record.
    private mutating func establish(_ anchor: ResourceID) async throws(Failure) {
        guard let step = pending.first(where: { $0.question.facets.contains { $0.name == Snapshot.description } })
        else {
            return
        }
        pending.removeAll { $0.question.name == step.question.name }
        asked.insert(step.key)
        let what = "the Elastic Beanstalk environment '\(anchor.identity.printable)' cannot be established"
        switch await ask(step.asked) {
        case .failure(let error): throw Failure(error, what)
        case .success(let answer):
            let seen = Answer(answer, identity: anchor.identity, place: place)
            guard step.question.facets.allSatisfy({ $0.select(from: seen) != nil }) else {
                throw Failure(
                    .notFound, "no Elastic Beanstalk environment '\(anchor.identity.printable)'",
                    why: "account \(place.account) shows none of that name in \(place.region)",
                    remedy: "check --eb-environment, --region and the permission \(step.asked.action)")
            }
            take(.success(answer), of: step)
        }
    }

    /// Asks all that is pending, and what the answers lead to, until nothing is left.
    private mutating func follow() async {
        let ask = ask
        await withTaskGroup(of: (Step, Result<JSON, AWSError>).self) { group in
            repeat {
                for step in pending where asked.insert(step.key).inserted {
                    group.addTask { (step, await ask(step.asked)) }
                }
                pending = []
                if let (step, result) = await group.next() { take(result, of: step) }
            } while !group.isEmpty || !pending.isEmpty
        }
    }

    private mutating func reach(_ resource: ResourceID) {
        if reached.insert(resource).inserted { enqueue(resource, isReached: true) }
    }

    private mutating func enqueue(_ resource: ResourceID, isReached: Bool) {
        guard let definition = kinds[resource.kind] else { return }
        pending += definition.firstQuestions.map { question in
            Step(
                resource: resource, definition: definition, question: question,
                inputs: ["identity": .string(resource.identity)], isReached: isReached)
        }
    }

    // MARK: Taking answers

    private mutating func take(_ result: Result<JSON, AWSError>, of step: Step) {
        switch result {
        case .success(let value):
            let answer = Answer(value, identity: step.resource.identity, place: place)
            let doubtful = sightings.take(answer, of: step)
            if !doubtful.isEmpty { note(.doubtful, nil, Self.emptyAnswer, at: step, facets: doubtful) }
            follow(step.question.leads, of: answer, from: step)
        case .failure(let error) where error.code.map(step.question.absent.contains) == true:
            sightings.takeAbsence(of: step)
        case .failure(let error):
            note(
                error.kind == .denied ? .denied : .failed, error.code, error.message, at: step,
                facets: step.question.facets.map(\.name))
            noteUnreached(beyond: step)
        }
    }

    private static let emptyAnswer = "the answer does not have what was asked for, and does not say that it is gone"

    private mutating func follow(_ leads: [Lead], of answer: Answer, from step: Step) {
        for lead in leads {
            let found = lead.find(answer)
            if found.isEmpty { noteUnreached(along: lead, from: step) }
            for inputs in found {
                switch lead.destination {
                case .kind(let kind):
                    guard step.isReached, let identity = inputs["identity"]?.string else { continue }
                    reach(ResourceID(kind, identity))
                case .question(let name):
                    guard let question = step.definition.question(name) else { continue }
                    pending.append(
                        Step(
                            resource: step.resource, definition: step.definition, question: question,
                            inputs: step.inputs.merging(inputs) { _, new in new }, isReached: step.isReached))
                }
            }
        }
    }

    private mutating func note(
        _ outcome: Gap.Outcome, _ code: String?, _ message: String, at step: Step, facets: [String],
        question: Question? = nil
    ) {
        sightings.gaps.append(
            Gap(
                question: question ?? step.asked, outcome: outcome, code: code, message: message.printable,
                facets: Set(facets.map { FacetID(step.resource, $0) }),
                kinds: step.isReached ? kinds.kindsBeyond(step.question, of: step.definition) : []))
    }

    /// The questions that only this one could lead to are not asked, and what they would answer is unseen too.
    private mutating func noteUnreached(beyond step: Step) {
        for lead in step.question.leads {
            guard let next = step.unasked(along: lead) else { continue }
            noteUnreached(next, because: "\(step.asked.action) was not answered")
            noteUnreached(beyond: next)
        }
    }

    /// An answer that does not lead on leaves the facets of the next question unseen; one without facets is not missed.
    private mutating func noteUnreached(along lead: Lead, from step: Step) {
        guard let next = step.unasked(along: lead), !next.question.facets.isEmpty else { return }
        noteUnreached(next, because: "the answer to \(step.asked.action) does not lead to it")
    }

    private mutating func noteUnreached(_ step: Step, because reason: String) {
        let question = Question(
            service: step.question.service, operation: step.question.operation, parameters: [:])
        note(.unreached, nil, reason, at: step, facets: step.question.facets.map(\.name), question: question)
    }

    // MARK: The result

    /// Whether the walk still leads to a resource is known only if nothing that could lead to it failed.
    private mutating func noteReach(unreached: Set<ResourceID>) {
        for resource in reached where !sightings.absent.contains(resource) {
            sightings.facets.updateValue(["reached": true], forKey: FacetID(resource, Snapshot.reach))
        }
        // Which of several gaps hides a reach must not depend on which answer came first.
        sightings.gaps = sightings.gaps.sorted()
        for resource in unreached where !sightings.absent.contains(resource) {
            let reach = FacetID(resource, Snapshot.reach)
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
            coverage: Coverage(questions: Array(Set(asked.map(\.question))), gaps: sightings.gaps),
            readings: sightings.readings.sorted { ($0.resource, $0.name) < ($1.resource, $1.name) },
            fingerprints: sightings.fingerprints, keyID: sightings.key?.id,
            decoders: kinds.decoders(names: sightings.names),
            unsettled: sightings.unsettled, failures: sightings.failures)
    }
}

extension Gap {
    fileprivate func alsoHiding(_ facet: FacetID) -> Gap {
        Gap(
            question: question, outcome: outcome, code: code, message: message, facets: facets.union([facet]),
            kinds: kinds)
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
