/// All that Tidemark knows of one kind of resource; each is declared in a file of its own.
public struct KindDefinition: Sendable {
    public let kind: Kind
    /// Raised whenever the same answer would be read differently: a type, a volatile path, a redaction.
    public let decoder: Int
    /// The attribute that is another one once the name means another thing: `DbiResourceId`.
    public let incarnation: String
    /// The attribute by which people know the resource where its identity says little: a security group's name.
    public let title: String?
    public let questions: [QuestionDefinition]
    public let facts: [FactDefinition]

    public init(
        _ kind: Kind, decoder: Int, incarnation: String, title: String? = nil,
        questions: [QuestionDefinition], facts: [FactDefinition]
    ) {
        self.kind = kind
        self.decoder = decoder
        self.incarnation = incarnation
        self.title = title
        self.questions = questions
        self.facts = facts
    }

    /// The facets in the order of their questions; the first stands at the top level of the description.
    public var facets: [FacetDefinition] { questions.flatMap(\.facets) }

    public func facet(_ name: String) -> FacetDefinition? {
        facets.first { $0.name == name }
    }

    public func question(_ name: String) -> QuestionDefinition? {
        questions.first { $0.name == name }
    }

    /// The questions that need nothing but the resource's identity.
    public var firstQuestions: [QuestionDefinition] {
        let led = Set(questions.flatMap(\.leads).compactMap(\.questionName))
        return questions.filter { !led.contains($0.name) }
    }
}
