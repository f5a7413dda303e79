import StrictJSON

/// The outcome of every question of a walk.
public struct Coverage: Sendable, Hashable {
    /// Every question that was asked.
    public let questions: [Question]
    /// Every outcome other than *answered*.
    public let gaps: [Gap]

    public init(questions: [Question], gaps: [Gap]) {
        self.questions = questions
        self.gaps = gaps
    }

    /// The questions as canonical content; their set changes only when the stack's shape does.
    public var questionsJSON: JSON {
        .array(
            questions.map(\.json).map { ($0.canonical, $0) }
                .sorted { $0.0.precedesByUTF8($1.0) }.map(\.1))
    }
}
