import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

/// A walk through the resources of an environment: asks the questions that kinds declare, concurrently, and follows the
/// leads in the answers.
struct Walk {
    typealias Ask = @Sendable (Question, WalkStep) async -> Result<AWSAnswer, AWSError>

    let kinds: KindRegistry
    let place: AccountRegion
    /// The resources that are known from before.
    let known: KnownResources
    let ask: Ask
    let recorded: RecordedFacets?
    let decoders: [Kind: String]
    var frontier: Frontier
    var builder: ObservationBuilder
    var statistics = WalkStatistics()

    init(
        place: AccountRegion, kinds: KindRegistry, names: PropertyNames, key: FingerprintKey?, known: KnownResources,
        recorded: RecordedFacets? = nil, ask: @escaping Ask
    ) {
        self.kinds = kinds
        self.place = place
        self.known = known
        self.ask = ask
        self.recorded = recorded
        decoders = kinds.decoders(names: names)
        frontier = Frontier(kinds: kinds)
        builder = ObservationBuilder(kinds: kinds, names: names, key: key)
    }

    /// Asks all questions, from a resource on.
    /// - Parameter also: Further resources that belong to the environment.
    /// - Throws: `Failure` if the resource from which the walk starts cannot be determined.
    mutating func run(from anchor: ResourceID, also: [ResourceID] = []) async throws(Failure) {
        let first = try await establish(anchor)
        for resource in also { reach(resource, depth: statistics.longestChain) }
        try await askPending()
        recordUnconfirmed()
        for list in frontier.linkedLists { recordLinked(list.answer, of: list.step) }
        let unreached = known.existing.filter { kinds[$0.kind]?.canBeLeft ?? false }.subtracting(frontier.reached)
        for resource in unreached.sorted() where kinds[resource.kind]?.isImmutable == false {
            frontier.enqueue(resource, isReached: false, depth: statistics.longestChain)
        }
        try await askPending()
        builder.recordReach(by: frontier, unreached: unreached, known: known)
        builder.recordNotFollowed(frontier.unmatchedEndpoints, from: anchor)
        if let first { await compare(first) }
    }

    /// Asks every pending question, and those to which the answers lead, until none is left.
    private mutating func askPending() async throws(Failure) {
        let ask = ask
        let failure = await withTaskGroup(of: (WalkStep, [Result<AWSAnswer, AWSError>]).self) { group -> Failure? in
            repeat {
                for step in frontier.nextSteps() {
                    do throws(Failure) {
                        if step.isRedacted {
                            builder.recordRedacted(step)
                        } else if try !recordFromHistory(step) {
                            group.addTask { (step, await Self.results(of: step, ask)) }
                        }
                    } catch {
                        group.cancelAll()
                        return error
                    }
                }
                if let (step, results) = await group.next() { record(results, of: step) }
            } while !group.isEmpty || !frontier.isEmpty
            return nil
        }
        if let failure { throw failure }
    }

    /// Asks the questions of a step concurrently.
    /// - Returns: The results in the order of the questions.
    private static func results(of step: WalkStep, _ ask: @escaping Ask) async -> [Result<AWSAnswer, AWSError>] {
        await withTaskGroup(of: (Int, Result<AWSAnswer, AWSError>).self) { group in
            for (number, question) in step.questions.enumerated() {
                group.addTask { (number, await ask(question, step)) }
            }
            let results = await group.reduce(into: [(Int, Result<AWSAnswer, AWSError>)]()) { $0.append($1) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    func observation(
        started: Timestamp, finished: Timestamp, binding: EnvironmentBinding, caller: String, awsClock: ClockReading?
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: started, finished: finished, awsClock: awsClock, binding: binding, caller: caller,
            facets: builder.facets, coverage: Coverage(questions: frontier.questions, gaps: builder.gaps),
            readings: builder.readings.sorted { ($0.resource, $0.name) < ($1.resource, $1.name) },
            fingerprints: builder.fingerprints, keyID: builder.key?.id,
            decoders: kinds.decoders(names: builder.names),
            unsettled: builder.unsettled, failures: builder.failures, statistics: statistics)
    }
}

extension Result<AWSAnswer, AWSError> {
    /// The number of HTTP calls.
    var calls: Int {
        switch self {
        case .success(let answer): answer.calls
        case .failure(let error): error.calls
        }
    }
}
