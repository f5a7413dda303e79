import StrictJSON

/// The outcome of every question of a walk.
public struct Coverage: Sendable, Hashable {
    /// Every question of the walk.
    public let questions: [Question]
    /// Every outcome other than *answered*.
    public let gaps: [Gap]

    /// Creates the coverage of a walk.
    public init(questions: [Question], gaps: [Gap]) {
        self.questions = questions
        self.gaps = gaps
    }

    /// The sorted questions; their set changes only if resources are added or removed.
    package var questionsJSON: JSON {
        .array(questions.map(\.json).sorted(byText: \.canonical))
    }

    /// The gaps, each cause before the questions that were not asked because of it.
    package var gapsJSON: JSON { .array(gaps.map(\.json)) }
}
