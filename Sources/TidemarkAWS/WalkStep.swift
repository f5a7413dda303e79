import StrictJSON
import Tidemark

extension Walk {
    /// A question about a resource, ready to be asked.
    struct Step: Sendable {
        let resource: ResourceID
        let definition: KindDefinition
        let question: QuestionDefinition
        let inputs: [String: JSON]
        /// Whether the walk led here; a resource that is only known from before leads nowhere.
        let isReached: Bool

        var asked: Question { question.asked(with: inputs) }
        var key: Key { Key(resource: resource, question: asked) }

        /// What tells a step from another: two resources may need the same question.
        struct Key: Hashable {
            let resource: ResourceID
            let question: Question
        }

        /// The further question to which a lead would have led.
        func unasked(along lead: Lead) -> Step? {
            guard let question = lead.questionName.flatMap(definition.question) else { return nil }
            return Step(
                resource: resource, definition: definition, question: question, inputs: [:], isReached: isReached)
        }
    }
}
