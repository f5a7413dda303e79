import AWSClient
import StrictJSON
import Tidemark

extension Walk {
    /// A question about a resource, ready to be asked.
    struct Step: Sendable {
        /// The resource that is asked about; what is listed are members of it.
        let resource: ResourceID
        let definition: KindDefinition
        let question: QuestionDefinition
        /// With what it is asked: once, or once for each.
        let inputs: [QuestionInputs]
        /// Whether the walk led here; a resource that is only known from before leads nowhere.
        let isReached: Bool
        /// How many calls, one after the other, led to it.
        var depth = 0

        /// The same about a resource that is only known from before.
        var unreached: Step {
            Step(resource: resource, definition: definition, question: question, inputs: inputs, isReached: false)
        }

        var asked: [Question] { inputs.map(question.asked) }
        var key: Key { Key(resource: resource, name: question.name, asked: asked) }

        /// What tells a step from another: two resources may need the same question.
        struct Key: Hashable {
            let resource: ResourceID
            let name: String
            let asked: [Question]
        }

        /// The question as it was asked if that was once, else without its inputs.
        var questionAsked: Question {
            asked.count == 1
                ? asked[0] : Question(service: question.service, operation: question.operation, parameters: [:])
        }

        /// Whether what it is asked with lost a secret.
        var isRedacted: Bool { inputs.contains { $0.values.contains(where: \.holdsRedacted) } }

        /// The facets of the resource itself that stand or fall with the answer.
        var facets: Set<FacetID> {
            question.members == nil ? Set(question.facets.map { FacetID(resource, $0.name) }) : []
        }

        /// The resources that the answer lists.
        var members: MemberScope? {
            question.members.map { MemberScope(definition.kind, prefix: $0.prefix(resource.identity)) }
        }

        /// Whether something is unseen without the answer.
        var isMissed: Bool { !question.facets.isEmpty }

        /// The further questions to which a lead would have led.
        func unasked(along lead: Lead, kinds: KindRegistry) -> [Step] {
            let (definition, questions) = further(along: lead, kinds: kinds)
            return questions.map { question in
                Step(
                    resource: resource, definition: definition, question: question, inputs: [], isReached: isReached)
            }
        }

        /// The questions about the same resource to which a lead leads, and the kind that declares them.
        func further(along lead: Lead, kinds: KindRegistry) -> (KindDefinition, [QuestionDefinition]) {
            switch lead.destination {
            case .kind, .marked: return (definition, [])
            case .question(let name): return (definition, definition.question(name).map { [$0] } ?? [])
            case .members(let kind): return kinds[kind].map { ($0, $0.firstQuestions) } ?? (definition, [])
            }
        }
    }

    /// How a step went: the answers in the order of its questions.
    struct StepResult: Sendable {
        let answers: [(question: Question, asked: AnsweredQuestion)]

        var calls: Int { answers.reduce(0) { $0 + $1.asked.calls } }
        /// The calls that had to be made one after the other: the pages of the longest answer.
        var chain: Int { answers.map(\.asked.calls).max() ?? 0 }
    }

    /// How a question was answered.
    struct AnsweredQuestion: Sendable {
        let result: Result<JSON, AWSError>
        /// How many HTTP calls it took.
        let calls: Int
        /// The bytes of an object, where that was asked for.
        var payload: [UInt8] = []
        /// The members joined across pages that some page lacks.
        var partial: Set<String> = []
    }
}
