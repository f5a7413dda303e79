import AWSClient
import StrictJSON
import Tidemark

/// Asks the questions that the kinds declare, side by side, and follows where the answers lead.
struct Walk {
    let kinds: KindRegistry
    let place: AccountRegion
    let ask: @Sendable (Question, ResourceID) async -> AnsweredQuestion
    var builder: ObservationBuilder

    /// What was asked about which resource, and how the walk came to each.
    var asked: Set<Step.Key> = []
    var reachedResources = ReachedResources()
    var pending: [Step] = []
    /// By what answers lead to resources of listed kinds, and the lists in which these are looked up once all have come.
    var linkKeys: [Kind: Set<Mark>] = [:]
    var markedLists: [(answer: Answer, step: Step)] = []
    /// The first answer of all, about the resource from which the walk starts.
    var firstAnswer: (step: Step, answer: Answer)?
    /// The resources that are known from before.
    let known: Set<ResourceID>
    /// How many calls, one after the other, led to what is being taken or enqueued.
    var depth = 0
    var effort = WalkStatistics()

    init(
        place: AccountRegion, kinds: KindRegistry, names: PropertyNames, key: FingerprintKey?, known: Set<ResourceID>,
        ask: @escaping @Sendable (Question, ResourceID) async -> AnsweredQuestion
    ) {
        self.kinds = kinds
        self.place = place
        self.known = known
        self.ask = ask
        builder = ObservationBuilder(names: names, key: key)
    }

    /// - Throws: `Failure` where the resource from which the walk starts cannot be established.
    mutating func run(from anchor: ResourceID, also: [ResourceID] = []) async throws(Failure) {
        reach(anchor)
        try await establish(anchor)
        for resource in also { reach(resource) }
        await follow()
        noteElsewhere()
        for (answer, step) in markedLists { takeMarked(answer, of: step) }
        let unreached = known.filter { kinds[$0.kind]?.canBeLeft ?? false }.subtracting(reachedResources.reached)
        depth = effort.longestChain
        for resource in unreached.sorted() { enqueue(resource, isReached: false) }
        await follow()
        noteReach(unreached: unreached)
        await lookAgain()
    }

    // MARK: Asking

    /// The first question of all is asked alone: without its answer there is nothing to record.
    mutating func establish(_ anchor: ResourceID) async throws(Failure) {
        guard let step = pending.first(where: { $0.question.facets.contains { $0.name == Snapshot.description } }),
            let question = step.asked.first
        else { return }
        pending.removeAll { $0.question.name == step.question.name }
        asked.insert(step.key)
        let what = "the Elastic Beanstalk environment '\(anchor.identity.printable)' cannot be established"
        let answered = await ask(question, anchor)
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
            take(StepResult(answers: [(question, answered)]), of: step)
            firstAnswer = (step, seen)
            // The anchor's other questions have waited for this one.
            for index in pending.indices { pending[index].depth = depth }
        }
    }

    /// Asks the first question once more, when all others are answered: what was seen meanwhile is of one moment only if
    /// nothing changed.
    mutating func lookAgain() async {
        guard let (step, first) = firstAnswer, let question = step.asked.first else { return }
        let answered = await ask(question, step.resource)
        effort.add(calls: answered.calls, depth: effort.longestChain + answered.calls)
        switch answered.result {
        case .success(let value):
            let last = Answer(value, identity: first.identity, place: place)
            builder.take(step.question.statusSignals(last))
            if !step.question.isUnchanged(from: first, to: last) {
                builder.take([.unsettled("it changed while it was looked at")])
            }
        case .failure(let error):
            builder.take([.unsettled("whether it changed while it was looked at is not known: \(error)")])
        }
    }

    /// Asks all that is pending, and what the answers lead to, until nothing is left.
    mutating func follow() async {
        let ask = ask
        await withTaskGroup(of: (Step, StepResult).self) { group in
            repeat {
                let steps = pending
                pending = []
                for step in steps where asked.insert(step.key).inserted {
                    guard !step.isRedacted else {
                        noteRedacted(step)
                        continue
                    }
                    group.addTask { (step, await Self.outcome(of: step, ask)) }
                }
                if let (step, outcome) = await group.next() { take(outcome, of: step) }
            } while !group.isEmpty || !pending.isEmpty
        }
    }

    /// Asks the questions of a step side by side.
    static func outcome(
        of step: Step, _ ask: @escaping @Sendable (Question, ResourceID) async -> AnsweredQuestion
    ) async -> StepResult {
        let questions = step.asked
        return await withTaskGroup(of: (Int, AnsweredQuestion).self) { group in
            for (number, question) in questions.enumerated() {
                group.addTask { (number, await ask(question, step.resource)) }
            }
            let results = await group.reduce(into: [:]) { results, answered in results[answered.0] = answered.1 }
            return StepResult(
                answers: questions.enumerated().compactMap { number, question in
                    results[number].map { (question, $0) }
                })
        }
    }

    /// A kind that is not known here is left alone.
    mutating func reach(_ resource: ResourceID, at host: String? = nil) {
        guard kinds[resource.kind] != nil else { return }
        let resource = ResourceID(resource.kind, RedactedText(resource.identity).text)
        if reachedResources.add(resource, at: host) { enqueue(resource, isReached: true) }
        if let (step, answer) = reachedResources.reconsider(resource) { take(answer, of: step) }
    }

    mutating func enqueue(_ resource: ResourceID, isReached: Bool) {
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
    func baseInputs(_ resource: ResourceID) -> QuestionInputs? {
        kinds[resource.kind]?.inputs(resource.identity)?.merging(["identity": .string(resource.identity)]) { $1 }
    }
}
