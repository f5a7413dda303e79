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
    }
}
