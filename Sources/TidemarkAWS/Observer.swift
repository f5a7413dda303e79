import AWSClient
import CivilTime
import StrictJSON
import Tidemark
import TidemarkKinds

/// Observes one environment in AWS: establishes the caller and the binding, walks, and redacts the answers.
public struct Observer: Sendable {
    let client: AWSClient
    let kinds: KindRegistry
    let names: PropertyNames
    let key: FingerprintKey?
    let clock: ProgramClock
    let report: @Sendable (WalkEvent) -> Void

    /// Creates an observer.
    /// - Parameters:
    ///   - client: The client that calls AWS, in the region of the environment.
    ///   - kinds: The kinds to ask for. The walk starts from their anchor.
    ///   - names: The environment variables whose values may be stored.
    ///   - key: The key for the fingerprints of secrets; without it there are none.
    ///   - clock: The time of day for the observation, and the timer for pauses.
    ///   - report: Receives the events of a walk, from any task.
    public init(
        client: AWSClient, kinds: KindRegistry, names: PropertyNames = PropertyNames(),
        key: FingerprintKey? = nil, clock: ProgramClock = .system,
        report: @escaping @Sendable (WalkEvent) -> Void = { _ in }
    ) {
        self.client = client
        self.kinds = kinds
        self.names = names
        self.key = key
        self.clock = clock
        self.report = report
    }

    /// The source of the credentials, once there was a call.
    public var credentialOrigin: String { get async { await client.credentialOrigin } }

    /// Observes the whole stack of an Elastic Beanstalk environment.
    ///
    /// - Parameters:
    ///   - ebEnvironment: The Elastic Beanstalk environment's name.
    ///   - also: Resources that belong to it, but that nothing leads to.
    ///   - bound: The binding of the environment's name, if there is one.
    ///   - acceptsNewID: Whether an environment that was rebuilt under its old name is accepted.
    ///   - known: The resources that are known from before, `Head.known`. If the walk does not reach an existing one, it is
    ///     asked for by identity.
    ///   - recorded: Looks up what the history has, `History.recorded`: what never changes is not asked for again. Nil without a
    ///     history.
    /// - Throws: `Failure` with the code `unavailable` if the caller or the environment cannot be determined, `notFound` if
    ///   there is no such environment, `mismatch` if it contradicts the binding; what `recorded` throws. Later failures are
    ///   coverage.
    public func observe(
        at ebEnvironment: String, also: [ResourceID] = [], bound: EnvironmentBinding? = nil, acceptsNewID: Bool = false,
        known: KnownResources = KnownResources(),
        recorded: RecordedFacets? = nil
    ) async throws(Failure) -> EnvironmentObservation {
        report(.walkStarted)
        let started = clock.now()
        let caller = try await Caller.establish(client, clock: clock)
        var walk = try walk(as: caller, bound: bound, known: known, recorded: recorded)
        try await walk.run(from: ResourceID(kinds.anchor.kind, ebEnvironment), also: also)
        let binding = try bind(ebEnvironment, walk.place, walk: walk, bound: bound, acceptsNewID: acceptsNewID)
        return walk.observation(
            started: started, finished: clock.now(), binding: binding, caller: caller.arn,
            awsClock: caller.awsClock)
    }

    /// A walk that has not started.
    func walk(
        as caller: Caller, bound: EnvironmentBinding?, known: KnownResources = KnownResources(),
        recorded: RecordedFacets? = nil
    ) throws(Failure) -> Walk {
        let place = AccountRegion(partition: caller.partition, account: caller.account, region: client.region)
        try check(place, against: bound)
        return Walk(place: place, kinds: kinds, names: names, key: key, known: known, recorded: recorded) {
            question, step in
            await ask(question, of: step)
        }
    }

    private func ask(_ question: Question, of step: WalkStep) async -> Result<AWSAnswer, AWSError> {
        let start = clock.elapsed()
        report(.questionStarted(question, step.resource))
        let result: Result<AWSAnswer, AWSError>
        do throws(AWSError) {
            result = .success(try await client.call(AWSRequest(question, downloading: step.question.download)))
        } catch {
            result = .failure(error.withoutSecrets)
        }
        let duration = clock.elapsed() - start
        report(.questionEnded(QuestionReport(question: question, error: result.error, duration: duration)))
        return result
    }

    private func check(_ place: AccountRegion, against bound: EnvironmentBinding?) throws(Failure) {
        guard let bound else { return }
        let differences = [
            ("partition", bound.partition, place.partition), ("account", bound.account, place.account),
            ("region", bound.region, place.region),
        ].filter { $0.1 != $0.2 }.map { "it is bound to \($0.0) \($0.1), and the caller uses \($0.2)" }
        guard differences.isEmpty else {
            throw Failure(
                .mismatch, "this is not the environment in the history",
                why: differences.joined(separator: "; "),
                remedy: .useBinding)
        }
    }

    func bind(
        _ name: String, _ place: AccountRegion, walk: Walk, bound: EnvironmentBinding?, acceptsNewID: Bool
    ) throws(Failure) -> EnvironmentBinding {
        guard let id = walk.builder.incarnation(of: ResourceID(kinds.anchor.kind, name)) else {
            throw Failure(
                .unavailable, "the Elastic Beanstalk environment '\(name.printable)' cannot be determined",
                why: "the answer does not have its id", remedy: "check that AWS_ENDPOINT_URL names an AWS endpoint")
        }
        let binding = EnvironmentBinding(
            partition: place.partition, account: place.account, region: place.region, ebEnvironment: name,
            ebEnvironmentID: id)
        guard let bound, bound != binding else { return binding }
        if acceptsNewID, bound.ebEnvironment == name { return binding }
        throw Failure(
            .mismatch, "'\(name)' is not the Elastic Beanstalk environment in the history",
            why: "it has the id \(binding.ebEnvironmentID), and the history has '\(bound.ebEnvironment)' with "
                + bound.ebEnvironmentID,
            remedy: .acceptNewBinding)
    }
}

extension AWSRequest {
    /// - Parameter download: The member of the answer with a presigned URL that is fetched.
    fileprivate init(_ question: Question, downloading download: String?) {
        self.init(
            service: question.service, operation: question.operation, parameters: question.parameters,
            region: question.region, download: download)
    }
}

extension AWSError {
    /// The error with secrets redacted in its message, which may repeat the question.
    fileprivate var withoutSecrets: AWSError {
        AWSError(reason: reason, code: code, status: status, message: RedactedText(message).text, calls: calls)
    }
}

extension Result {
    fileprivate var error: Failure? { if case .failure(let error) = self { error } else { nil } }
}
