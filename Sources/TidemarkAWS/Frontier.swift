import StrictJSON
import Tidemark
import TidemarkKinds

/// The pending and the asked questions of a walk, and the resources that it reached.
struct Frontier {
    private let kinds: KindRegistry
    private var pending: [WalkStep] = []
    private var keys: Set<WalkStep.Key> = []
    private var resources = ReachedResources()
    private var endpoints: Set<ServiceEndpoint> = []
    /// The keys that answers refer to, with the number of dependent calls up to the first of them.
    private var linkKeys: [Kind: [LinkKey: Int]] = [:]
    /// The resources that answers offer, by their keys.
    private var offers: [Kind: [LinkKey: [Offer]]] = [:]
    /// Lists of linked kinds. They are searched when every key is known.
    private(set) var linkedLists: [AnsweredStep] = []

    init(kinds: KindRegistry) { self.kinds = kinds }

    var isEmpty: Bool { pending.isEmpty }

    /// Every question that was asked.
    var questions: [Question] { Array(Set(keys.flatMap(\.questions))) }

    // MARK: Steps

    /// Removes the pending steps and returns those that were not asked yet.
    mutating func nextSteps() -> [WalkStep] {
        defer { pending = [] }
        return pending.filter { keys.insert($0.key).inserted }
    }

    /// Reaches the resource from which the walk starts.
    /// - Returns: The step that describes it, to be asked alone, before its other questions are enqueued.
    mutating func start(at anchor: ResourceID) -> WalkStep? {
        resources.add(anchor, at: nil)
        let steps = steps(about: anchor, isReached: true, depth: 0)
        let first = steps.first { $0.question.facets.contains { $0.name == Snapshot.description } }
        if let first { keys.insert(first.key) }
        return first
    }

    /// Enqueues the first questions about a resource.
    mutating func enqueue(_ resource: ResourceID, isReached: Bool, depth: Int) {
        pending += steps(about: resource, isReached: isReached, depth: depth)
    }

    /// Enqueues the further questions to which a lead leads.
    mutating func enqueue(_ inputs: [QuestionInputs], along lead: Lead, from step: WalkStep) {
        let base = baseInputs(step.resource) ?? [:]
        let (definition, questions) = step.furtherQuestions(along: lead, kinds: kinds)
        pending += questions.map { question in
            WalkStep(
                resource: step.resource, definition: definition, question: question,
                inputs: inputs.map { base.merging($0.mapValues(\.withoutSecretsInTexts)) { $1 } },
                isReached: step.isReached, depth: step.depth)
        }
    }

    private func steps(about resource: ResourceID, isReached: Bool, depth: Int) -> [WalkStep] {
        // Members are listed, not asked for one by one.
        guard let definition = kinds[resource.kind], definition.members == nil, let inputs = baseInputs(resource) else {
            return []
        }
        return definition.firstQuestions.map { question in
            WalkStep(
                resource: resource, definition: definition, question: question, inputs: [inputs],
                isReached: isReached, depth: depth)
        }
    }

    /// The inputs that every question about a resource has; nil if nothing can be asked about it.
    private func baseInputs(_ resource: ResourceID) -> QuestionInputs? {
        kinds[resource.kind]?.inputs(resource.identity)?.merging(["identity": .string(resource.identity)]) { $1 }
    }

    // MARK: Resources

    var reached: Set<ResourceID> { resources.reached }

    /// Whether hosts alone led to a resource, and each of them names an existing resource too. A host that can be read in
    /// several ways says nothing of the others when one of them exists.
    func isAlternative(_ resource: ResourceID, besides existing: Set<ResourceID>) -> Bool {
        resources.isAlternative(resource, besides: existing)
    }

    /// The answers about resources that are at none of the hosts that led to them.
    var unconfirmed: [ResourceID: AnsweredStep] { resources.unconfirmed }

    /// Adds a reference to a resource, and enqueues its questions if it is the first one. A kind without a definition is
    /// ignored.
    /// - Parameter host: The host that names the resource; nil for its identity.
    /// - Returns: An answer that no reference had confirmed, to be recorded again.
    mutating func reach(_ resource: ResourceID, at host: String? = nil, depth: Int) -> AnsweredStep? {
        guard kinds[resource.kind] != nil else { return nil }
        let resource = resource.withoutSecrets
        if resources.add(resource, at: host) { enqueue(resource, isReached: true, depth: depth) }
        return resources.removeUnconfirmed(resource)
    }

    /// Whether an answer is about the resource to which the walk was led; one that is not is kept.
    mutating func confirm(_ answer: Answer, of step: WalkStep) -> Bool { resources.confirm(answer, of: step) }

    /// Marks the resources of all unconfirmed answers as not reached.
    mutating func dropUnconfirmed() { resources.dropUnconfirmed() }

    // MARK: Endpoints

    mutating func add(_ endpoint: ServiceEndpoint) { endpoints.insert(endpoint) }

    /// The endpoints at which no answer showed a resource.
    var unmatchedEndpoints: [ServiceEndpoint] {
        endpoints.filter { endpoint in
            !endpoint.candidates.contains { resources.isFound($0.withoutSecrets, at: endpoint.host) }
        }
    }

    // MARK: Links

    mutating func addLinks(to kind: Kind, _ found: Set<LinkKey>, depth: Int) {
        linkKeys[kind, default: [:]].merge(found.map { ($0, depth) }, uniquingKeysWith: min)
    }

    mutating func addOffers(of kind: Kind, _ found: [LinkKey: String], depth: Int) {
        for (key, identity) in found {
            offers[kind, default: [:]][key, default: []].append(Offer(identity: identity, depth: depth))
        }
    }

    /// The offered resources to which an answer so far refers, in the order of their identities.
    func linkedOffers(of kind: Kind) -> [Offer] {
        let linked = (linkKeys[kind] ?? [:]).flatMap { key, depth in
            (offers[kind]?[key] ?? []).map { Offer(identity: $0.identity, depth: max(depth, $0.depth)) }
        }
        return linked.sorted { $0.identity.precedesByUTF8($1.identity) }
    }

    mutating func addLinkedList(_ answer: Answer, of step: WalkStep) {
        linkedLists.append(AnsweredStep(step: step, answer: answer))
    }

    /// Reaches a listed resource if one of its keys was found in an answer.
    /// - Returns: Whether one was.
    mutating func reach(_ resource: ResourceID, linkedBy keys: Set<LinkKey>) -> Bool {
        guard let found = linkKeys[resource.kind], !keys.isDisjoint(with: found.keys) else { return false }
        resources.add(resource, at: nil)
        return true
    }
}

/// A resource that an answer offers.
struct Offer {
    let identity: String
    /// The number of dependent calls that led to it.
    let depth: Int
}
