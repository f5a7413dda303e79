import StrictJSON

/// A question that was not answered, and what is unseen because of it.
public struct Gap: Sendable, Hashable {
    /// The outcome of a question that was not answered. An outcome that a newer version adds leaves its facets unseen too.
    public struct Outcome: RawRepresentable, Sendable, Hashable {
        /// The name in the log: `denied`.
        public let rawValue: String

        /// Names an outcome.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// AWS denied the request.
        public static let denied = Outcome(rawValue: "denied")
        /// No answer, or an unreadable one.
        public static let failed = Outcome(rawValue: "failed")
        /// An empty answer for something known, without an error that says that it does not exist.
        public static let doubtful = Outcome(rawValue: "doubtful")
        /// Not requested, because the question that leads to it failed.
        public static let unreached = Outcome(rawValue: "unreached")
    }

    /// The question without an answer.
    public let question: Question
    /// The outcome of the question.
    public let outcome: Outcome
    /// Why it was not answered.
    public let reason: GapReason
    /// The facets that are unseen and stay as last seen.
    public let facets: Set<FacetID>
    /// The scopes that were not listed; their resources stay as last seen.
    public let members: Set<MemberScope>
    /// The kinds of resources that may exist and were not reached.
    public let kinds: Set<Kind>

    /// Creates a gap.
    public init(
        question: Question, outcome: Outcome, reason: GapReason, facets: Set<FacetID>, members: Set<MemberScope> = [],
        kinds: Set<Kind>
    ) {
        self.question = question
        self.outcome = outcome
        self.reason = reason
        self.facets = facets
        self.members = members
        self.kinds = kinds
    }

    /// AWS's error code, or nil if AWS did not return an error.
    public var code: String? { if case .call(.aws(let code, _)) = reason { code } else { nil } }

    /// The gap in one line: `rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)`. A doubtful answer is
    /// followed by its reason.
    public var summary: String {
        let subjects = Set(facets.filter { !$0.isDerived }.map(\.resource.identity)).union(members.map(\.subject))
            .subtracting([""])
        let subject = subjects.count == 1 ? subjects.first.map { " about \($0.printable)" } ?? "" : ""
        let detail = code.map { " (\($0.printable))" } ?? (outcome == .doubtful ? ": \(reason.sentence)" : "")
        return "\(question.action)\(subject) \(outcome.rawValue)\(detail)"
    }

    /// What to do about it, if that is known.
    public var remedy: Remedy? {
        switch outcome {
        case .denied: "allow \(question.action)"
        case .failed where code.map(Self.expirations.contains) == true: "renew the credentials"
        default: nil
        }
    }

    /// The error codes of expired credentials.
    private static let expirations: Set = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]

    package var json: JSON {
        [
            "question": question.json, "outcome": .string(outcome.rawValue), "reason": reason.json,
            "facets": .array(facets.sorted().map { .array($0.json) }),
            "members": .array(members.map(\.json).sorted { $0.canonical.precedesByUTF8($1.canonical) }),
            "kinds": JSON(kinds.map(\.rawValue).sorted { $0.precedesByUTF8($1) }),
        ]
    }

    package init?(json: JSON) {
        guard let question = json["question"].flatMap(Question.init(json:)),
            let outcome = json["outcome"]?.string, let reason = json["reason"].flatMap(GapReason.init(json:)),
            let facets = json.list("facets", of: { FacetID(json: $0.array ?? []) }),
            let members = json.list("members", of: MemberScope.init(json:)),
            let kinds = json.list("kinds", of: { $0.string.map(Kind.init(rawValue:)) })
        else { return nil }
        self.init(
            question: question, outcome: Outcome(rawValue: outcome), reason: reason, facets: Set(facets),
            members: Set(members), kinds: Set(kinds))
    }
}

extension [Gap] {
    /// The gap because of which a facet is unseen; nil if it was seen.
    package func over(_ facet: FacetID) -> Gap? {
        first { $0.facets.contains(facet) || $0.members.contains { $0.contains(facet.resource) } }
    }

    /// The gap because of which members of a scope may be missing; nil if every such list was answered.
    package func over(_ scope: MemberScope) -> Gap? {
        first { $0.members.contains { $0.overlaps(scope) } }
    }

    /// The gap because of which the walk may not have reached a resource of that kind; nil if there is none.
    package func hidingAny(of kind: Kind) -> Gap? {
        first { $0.kinds.contains(kind) }
    }
}
