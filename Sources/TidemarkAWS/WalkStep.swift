import StrictJSON
import Tidemark
import TidemarkKinds

/// A question about a resource, ready to be asked.
struct WalkStep: Sendable {
    /// The resource that is asked about. If the answer lists resources, they are members of this one.
    let resource: ResourceID
    let definition: KindDefinition
    let question: QuestionDefinition
    /// The inputs of each time that the question is asked.
    let inputs: [QuestionInputs]
    /// Whether the walk led here. A resource that is only known from before has no leads.
    let isReached: Bool
    /// The number of dependent calls that led to this step; after its answer, with its own.
    var depth = 0

    /// The same step about a resource that is only known from before.
    var unreached: WalkStep {
        WalkStep(resource: resource, definition: definition, question: question, inputs: inputs, isReached: false)
    }

    /// The step after its answers, of which the longest took so many calls.
    func answered(after calls: Int) -> WalkStep {
        var step = self
        step.depth += calls
        return step
    }

    var questions: [Question] { inputs.map(question.filled(with:)) }

    /// The question if it is asked once, else the question without its inputs.
    var coverageQuestion: Question {
        let questions = questions
        return questions.count == 1
            ? questions[0] : Question(service: question.service, operation: question.operation, parameters: [:])
    }

    /// The identity of a step. Two resources may need the same question.
    struct Key: Hashable {
        let resource: ResourceID
        let name: String
        let questions: [Question]
    }

    var key: Key { Key(resource: resource, name: question.name, questions: questions) }

    /// Whether an input contained a secret, which was redacted.
    var isRedacted: Bool { inputs.contains { $0.values.contains(where: \.holdsRedacted) } }

    /// The facets of the resource itself that the answer has.
    var facets: Set<FacetID> { Set(question.ownFacets.map { FacetID(resource, $0.name) }) }

    /// The resources that the answer lists.
    var members: MemberScope? {
        question.members.map { MemberScope(definition.kind, prefix: $0.prefix(resource.identity)) }
    }

    /// The further questions to which a lead would have led.
    func unasked(along lead: Lead, kinds: KindRegistry) -> [WalkStep] {
        let (definition, questions) = furtherQuestions(along: lead, kinds: kinds)
        return questions.map { question in
            WalkStep(resource: resource, definition: definition, question: question, inputs: [], isReached: isReached)
        }
    }

    /// The questions about the same resource to which a lead leads, and the kind that declares them.
    func furtherQuestions(along lead: Lead, kinds: KindRegistry) -> (KindDefinition, [QuestionDefinition]) {
        switch lead {
        case .resources, .all, .endpoints, .links, .offers: (definition, [])
        case .question(let name, _): (definition, definition.question(name).map { [$0] } ?? [])
        case .members(let kind, _): kinds[kind].map { ($0, $0.firstQuestions) } ?? (definition, [])
        }
    }
}
