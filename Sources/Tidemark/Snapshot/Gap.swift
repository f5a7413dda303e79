import StrictJSON

/// A question that was not answered, and what is unseen because of it.
public struct Gap: Sendable, Hashable {
    /// How a question went that was not answered; one that a newer version may add leaves its facets unseen too.
    public struct Outcome: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) { self.rawValue = rawValue }

        /// AWS says that the caller may not ask.
        public static let denied = Outcome(rawValue: "denied")
        /// No answer, or none that could be read.
        public static let failed = Outcome(rawValue: "failed")
        /// An empty answer where there was something, without a word that it is gone.
        public static let doubtful = Outcome(rawValue: "doubtful")
        /// Not asked, because the question that leads to it failed.
        public static let unreached = Outcome(rawValue: "unreached")
    }

    public let question: Question
    public let outcome: Outcome
    /// AWS's error code, where it gave one.
    public let code: String?
    public let message: String
    /// The facets that stay as they were last seen.
    public let facets: Set<FacetID>
    /// The resources that were not listed, and stay as they were last seen.
    public let members: Set<MemberScope>
    /// The kinds of which resources may exist that were not reached.
    public let kinds: Set<Kind>

    public init(
        question: Question, outcome: Outcome, code: String?, message: String, facets: Set<FacetID>,
        members: Set<MemberScope> = [], kinds: Set<Kind>
    ) {
        self.question = question
        self.outcome = outcome
        self.code = code
        self.message = message
        self.facets = facets
        self.members = members
        self.kinds = kinds
    }

    /// The gap in one line: `rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)`. Where AWS did answer,
    /// it says what is doubtful.
    public var summary: String {
        let subjects = Set(facets.map(\.resource.identity)).union(members.map(\.subject)).subtracting([""])
        let subject = subjects.count == 1 ? subjects.first.map { " about \($0.printable)" } ?? "" : ""
        let detail = code.map { " (\($0.printable))" } ?? (outcome == .doubtful ? ": \(message.printable)" : "")
        return "\(question.action)\(subject) \(outcome.rawValue)\(detail)"
    }

    /// What to do about it, where that is known.
    public var remedy: String? {
        switch outcome {
        case .denied: "allow \(question.action)"
        case .failed where code.map(Self.expirations.contains) == true: "renew the credentials"
        default: nil
        }
    }

    /// What AWS's services call credentials that ended meanwhile.
    private static let expirations: Set = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]

    public var json: JSON {
        [
            "question": question.json, "outcome": .string(outcome.rawValue), "code": JSON(code),
            "message": .string(message), "facets": .array(facets.sorted().map { .array($0.json) }),
            "members": .array(members.map(\.json).sorted { $0.canonical.precedesByUTF8($1.canonical) }),
            "kinds": JSON(kinds.map(\.rawValue).sorted { $0.precedesByUTF8($1) }),
        ]
    }

    public init?(json: JSON) {
        guard let question = json["question"].flatMap(Question.init(json:)),
            let outcome = json["outcome"]?.string, let message = json["message"]?.string,
            let facets = json.list("facets", of: { FacetID(json: $0.array ?? []) }),
            let members = json.list("members", of: MemberScope.init(json:)),
            let kinds = json.list("kinds", of: { $0.string.map(Kind.init(rawValue:)) })
        else { return nil }
        self.init(
            question: question, outcome: Outcome(rawValue: outcome), code: json["code"]?.string, message: message,
            facets: Set(facets), members: Set(members), kinds: Set(kinds))
    }
}

extension [Gap] {
    /// Why a facet is unseen, or nil if no question failed to answer it.
    public func over(_ facet: FacetID) -> Gap? {
        first { $0.facets.contains(facet) || $0.members.contains { $0.contains(facet.resource) } }
    }

    /// Why members of a scope may exist that were not listed, or nil if every such list was answered.
    public func over(_ scope: MemberScope) -> Gap? {
        first { $0.members.contains { $0.overlaps(scope) } }
    }

    /// Why resources of a kind may exist that the walk could not reach, or nil if it reached all it could.
    public func before(_ kind: Kind) -> Gap? {
        first { $0.kinds.contains(kind) }
    }
}
