import StrictJSON

/// All that Tidemark knows of one kind of resource; each is declared in a file of its own.
public struct KindDefinition: Sendable {
    public let kind: Kind
    /// Raised whenever the same answer would be read differently: a type, a volatile path, a redaction.
    public let decoder: Int
    /// The attribute that is another one once the name means another thing: `DbiResourceId`; nil where the name is all
    /// there is.
    public let incarnation: String?
    /// The name by which people know the resource, where its identity is not it.
    public let title: Title?
    /// What its questions may be asked with, beside the identity; nil for an identity about which nothing can be asked.
    public let inputs: @Sendable (_ identity: String) -> QuestionInputs?
    public let questions: [QuestionDefinition]
    /// Whether an answer is about the resource that a host names, and not about another of its identity, as there may be
    /// one in each account and region; nil where no host names the kind's resources.
    public let isAt: (@Sendable (_ host: String, _ answer: Answer) -> Bool)?
    public let facts: [FactDefinition]
    /// The container images that a description names, where it names any.
    public let images: ImagesDefinition?
    /// What every release changes by design, so that no baseline would expect it.
    public let released: Released

    /// How much of a description is another one with every release.
    public enum Released: Sendable, Hashable {
        case attributes(Set<String>)
        /// The resources themselves come and go.
        case all

        func covers(_ attribute: String) -> Bool {
            switch self {
            case .attributes(let names): names.contains(attribute)
            case .all: true
            }
        }
    }

    /// Where a resource's title stands.
    public enum Title: Sendable {
        /// An attribute: a security group's name.
        case attribute(String)
        /// A part of the identity.
        case part(@Sendable (_ identity: String) -> String?)
    }

    public init(
        _ kind: Kind, decoder: Int, incarnation: String? = nil, title: Title? = nil,
        inputs: @escaping @Sendable (_ identity: String) -> QuestionInputs? = { _ in [:] },
        questions: [QuestionDefinition], isAt: (@Sendable (_ host: String, _ answer: Answer) -> Bool)? = nil,
        facts: [FactDefinition],
        images: ImagesDefinition? = nil, released: Released = .attributes([])
    ) {
        self.kind = kind
        self.decoder = decoder
        self.incarnation = incarnation
        self.title = title
        self.inputs = inputs
        self.questions = questions
        facets = questions.flatMap(\.facets)
        self.isAt = isAt
        self.facts = facts
        self.images = images
        self.released = released
    }

    /// The name by which people know a resource.
    public func title(of identity: String, description: JSON?) -> String? {
        switch title {
        case .attribute(let name): description?[name]?.string
        case .part(let part): part(identity)
        case nil: nil
        }
    }

    /// Where the kind's resources are not asked for one by one, but listed by an answer about another resource.
    public var members: MembersDefinition? { questions.lazy.compactMap(\.members).first }

    /// Whether a resource can exist to which nothing leads any more; what is listed as another's goes with its list.
    public var canBeLeft: Bool { members == nil || members?.linkKeys != nil }

    /// The facets in the order of their questions; the first stands at the top level of the description.
    public let facets: [FacetDefinition]

    public func facet(_ name: String) -> FacetDefinition? {
        facets.first { $0.name == name }
    }

    /// A fact of the kind's own, or the identity.
    public func fact(_ name: String) -> FactDefinition? {
        facts.first { $0.name == name } ?? (name == FactDefinition.identity.name ? .identity : nil)
    }

    public func question(_ name: String) -> QuestionDefinition? {
        questions.first { $0.name == name }
    }

    /// The questions to which no other of the kind leads.
    public var firstQuestions: [QuestionDefinition] {
        let led = Set(questions.flatMap(\.leads).compactMap(\.questionName))
        return questions.filter { !led.contains($0.name) }
    }
}
