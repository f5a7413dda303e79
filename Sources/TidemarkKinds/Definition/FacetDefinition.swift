import StrictJSON

/// A part of a resource that one answer contains as a whole.
public struct FacetDefinition: Sendable {
    /// The name of the facet; the first facet of a kind is `Snapshot.description`.
    public let name: String
    /// The path of its content in the answer: `DBInstances[]`, `Reservations[].Instances[]`; empty for the whole answer.
    public let location: AttributePattern
    /// Selects an element of the last list; nil for the first.
    public let selector: Selector?
    /// Whether the answer has a text that contains a JSON document, such as a policy. The document is then the content.
    public let isDocument: Bool
    /// Members that the kind adds to AWS's own, from the answer's bytes.
    public let added: [String]
    /// Paths that change by themselves. They are removed before hashing.
    public let volatile: Set<AttributePattern>
    /// Volatile values that are kept as readings: `Status`, `State.Name`.
    public let readings: [String]
    /// Values that are volatile under a condition. They are readings then.
    public let moving: [MovingValue]
    /// The places of versions, which compare part by part; all other numbers are decimals.
    public let versions: Set<AttributePattern>
    /// The places of policy documents, in which spellings of the same meaning are one.
    public let policies: Set<AttributePattern>
    /// Whether an element of the facet's list is a default of AWS that nobody chose. Exact expectations and drafts leave it out.
    public let isDefault: @Sendable (_ element: JSON) -> Bool
    /// The rules for the order of the facet's lists.
    public let lists: ListRules
    /// Returns the known key of the facet's list that is nearest to one that is unknown; nil for a known key, and if none is near.
    public let nearestKey: @Sendable (_ key: String) -> String?
    /// The values that are redacted, or kept in part.
    public let redactions: [Redaction]

    /// Selects the element of a list by the value of a member.
    public enum Selector: Sendable, Hashable {
        /// The element whose member is the identity of the resource.
        case identity(member: String)
        /// The element whose member has the value; if there is none, the first one without the member.
        case value(member: String, String)

        var identityMember: String? { if case .identity(let member) = self { member } else { nil } }
    }

    /// Creates the definition of a facet.
    public init(
        _ name: String, at location: AttributePattern, selector: Selector? = nil, isDocument: Bool = false,
        added: [String] = [], volatile: Set<AttributePattern> = [], readings: [String] = [],
        moving: [MovingValue] = [], versions: Set<AttributePattern> = [], policies: Set<AttributePattern> = [],
        isDefault: @escaping @Sendable (_ element: JSON) -> Bool = { _ in false },
        lists: ListRules = [:], nearestKey: @escaping @Sendable (_ key: String) -> String? = { _ in nil },
        redactions: [Redaction] = []
    ) {
        self.nearestKey = nearestKey
        self.name = name
        self.location = location
        self.selector = selector
        self.isDocument = isDocument
        self.added = added
        self.volatile = volatile
        self.readings = readings
        self.moving = moving
        self.versions = versions
        self.policies = policies
        self.isDefault = isDefault
        self.lists = lists
        self.redactions = redactions
    }

    /// The facet's content in an answer about a resource, or nil if the answer does not have it.
    func content(in answer: JSON, of identity: String) -> JSON? {
        let found = value(in: answer, of: identity)
        guard isDocument else { return found }
        // A text without a document is half an answer, or another resource's.
        return found?.string.flatMap { try? JSON(parsing: $0) }
    }

    private func value(in answer: JSON, of identity: String) -> JSON? {
        guard let end = location.steps.lastIndex(of: .elements).map({ $0 + 1 }) else {
            return answer.values(at: location).first
        }
        let elements = answer.values(at: AttributePattern(Array(location.steps[..<end])))
        return element(of: elements, identity)?.values(at: AttributePattern(Array(location.steps[end...]))).first
    }

    private func element(of elements: [JSON], _ identity: String) -> JSON? {
        switch selector {
        case .identity(let member): elements.first { $0[member]?.string?.isIdenticalText(to: identity) == true }
        case .value(let member, let text):
            elements.first { $0[member]?.string?.isIdenticalText(to: text) == true }
                ?? elements.first { $0[member] == nil }
        case nil: elements.first
        }
    }

    /// The content as it is stored, and the secrets that were removed from it.
    public func read(_ content: JSON, names: PropertyNames) -> (content: JSON, secrets: [CutSecret]) {
        let redacted = Redactor(redactions: redactions, normalization: normalization, names: names)
            .redact(spelled(content))
        return (normalization.apply(to: redacted.stored), redacted.secrets)
    }

    /// The content without defaults.
    package func withoutDefaults(_ content: JSON) -> JSON {
        content.array.map { .array($0.filter { !isDefault($0) }) } ?? content
    }

    /// The content as `read` would store it today, for one that an earlier decoder stored.
    package func reread(_ content: JSON) -> JSON { normalization.apply(to: spelled(content)) }

    private var normalization: Normalization { Normalization(volatile: volatile, lists: lists) }

    /// The content without values that AWS moves by itself, and with its policy documents in one spelling.
    private func spelled(_ content: JSON) -> JSON {
        let still = moving.reduce(content) { $0.removing($1, movingIn: content) }
        return policies.reduce(still) { $0.replacing(at: $1.steps[...], with: PolicyPart.document.normalized) }
    }
}
