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

    public var isComplete: Bool { gaps.isEmpty }

    /// The questions as canonical content; their set changes only when the stack's shape does.
    public var questionsJSON: JSON {
        .array(
            questions.map(\.json).map { ($0.canonical, $0) }
                .sorted { $0.0.precedesByUTF8($1.0) }.map(\.1))
    }

    /// Why a facet is unseen, or nil if no question failed to answer it.
    public func gap(over facet: FacetID) -> Gap? {
        gaps.first { $0.facets.contains(facet) }
    }

    /// Why resources of a kind may exist that the walk could not reach, or nil if it reached all it could.
    public func gap(before kind: Kind) -> Gap? {
        gaps.first { $0.kinds.contains(kind) }
    }
}

/// A question that was not answered, and what is unseen because of it.
public struct Gap: Sendable, Hashable {
    public enum Outcome: String, Sendable, Hashable {
        /// AWS says that the caller may not ask.
        case denied
        /// No answer, or none that could be read.
        case failed
        /// An empty answer where there was something, without a word that it is gone.
        case doubtful
        /// Not asked, because the question that leads to it failed.
        case unreached
    }

    public let question: Question
    public let outcome: Outcome
    /// AWS's error code, where it gave one.
    public let code: String?
    public let message: String
    /// The facets that stay as they were last seen.
    public let facets: Set<FacetID>
    /// The kinds of which resources may exist that were not reached.
    public let kinds: Set<Kind>

    public init(
        question: Question, outcome: Outcome, code: String?, message: String, facets: Set<FacetID>, kinds: Set<Kind>
    ) {
        self.question = question
        self.outcome = outcome
        self.code = code
        self.message = message
        self.facets = facets
        self.kinds = kinds
    }

    /// The gap in one line: `rds:DescribeDBInstances denied (AccessDenied)`.
    public var summary: String {
        "\(question.action) \(outcome.rawValue)" + (code.map { " (\($0.printable))" } ?? "")
    }

    /// What to do about it, where that is known.
    public var remedy: String? {
        outcome == .denied ? "allow \(question.action)" : nil
    }

    public var json: JSON {
        [
            "question": question.json, "outcome": .string(outcome.rawValue), "code": JSON(code),
            "message": .string(message), "facets": .array(facets.sorted().map { .array($0.json) }),
            "kinds": JSON(kinds.map(\.rawValue).sorted { $0.precedesByUTF8($1) }),
        ]
    }

    public init?(json: JSON) {
        guard let question = json["question"].flatMap(Question.init(json:)),
            let outcome = json["outcome"]?.string.flatMap(Outcome.init(rawValue:)),
            let message = json["message"]?.string
        else { return nil }
        self.init(
            question: question, outcome: outcome, code: json["code"]?.string, message: message,
            facets: Set(json.elements("facets").compactMap { FacetID(json: $0.array ?? []) }),
            kinds: Set(json.elements("kinds").compactMap(\.string).map(Kind.init(rawValue:))))
    }
}
