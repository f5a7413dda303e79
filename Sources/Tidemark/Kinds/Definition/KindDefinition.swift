import StrictJSON

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

/// One AWS operation that is asked about a resource, and what its answer gives: facets, ways on, signs.
public struct QuestionDefinition: Sendable {
    public let name: String
    public let service: String
    public let operation: String
    /// A template: the string `${identity}` stands for the resource's identity, `${name}` for another input.
    public let parameters: JSONObject
    /// The error codes by which AWS says that what was asked about does not exist.
    public let absent: Set<String>
    public let facets: [FacetDefinition]
    public let leads: [Lead]
    public let signs: @Sendable (JSON) -> [Sign]

    public init(
        _ name: String, _ service: String, _ operation: String, _ parameters: JSONObject, absent: Set<String> = [],
        facets: [FacetDefinition] = [], leads: [Lead] = [], signs: @escaping @Sendable (JSON) -> [Sign] = { _ in [] }
    ) {
        self.name = name
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.absent = absent
        self.facets = facets
        self.leads = leads
        self.signs = signs
    }

    /// The question with its inputs in place.
    public func asked(with inputs: [String: JSON]) -> Question {
        let filled = Self.fill(.object(parameters), from: inputs)
        return Question(service: service, operation: operation, parameters: filled.object ?? [:])
    }

    private static func fill(_ template: JSON, from inputs: [String: JSON]) -> JSON {
        switch template {
        case .string(let text) where text.hasPrefix("${") && text.hasSuffix("}"):
            inputs[String(text.dropFirst(2).dropLast())] ?? template
        case .array(let values): .array(values.map { fill($0, from: inputs) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, fill($0.value, from: inputs)) }))
        default: template
        }
    }
}

/// A part of a resource that stands or falls with the answer to one question.
public struct FacetDefinition: Sendable {
    public let name: String
    /// Where its content stands in the answer: `DBInstances[]`.
    public let location: AttributePattern
    /// Which element of the outermost list is meant; the member's value is the second text, or the identity.
    public let selector: Selector?
    /// Paths that change by themselves; they are cut before anything is hashed.
    public let volatile: Set<AttributePattern>
    /// The members of volatile values that are worth keeping beside the description.
    public let readings: [String]
    public let lists: ListRules
    public let redactions: [Redaction]

    /// Picks the element of a list by the value of a member.
    public enum Selector: Sendable, Hashable {
        case identity(member: String)
        case value(member: String, String)
    }

    public init(
        _ name: String, at location: AttributePattern, selector: Selector? = nil,
        volatile: Set<AttributePattern> = [], readings: [String] = [], lists: ListRules = [:],
        redactions: [Redaction] = []
    ) {
        self.name = name
        self.location = location
        self.selector = selector
        self.volatile = volatile
        self.readings = readings
        self.lists = lists
        self.redactions = redactions
    }

    /// The facet's content within an answer, or nil where the answer does not have it.
    public func select(from answer: JSON, identity: String) -> JSON? {
        location.steps.reduce(Optional(answer)) { value, step in
            switch step {
            case .member(let name): value?[name]
            case .elements: value?.array?.first { isSelected($0, identity: identity) }
            }
        }
    }

    private func isSelected(_ element: JSON, identity: String) -> Bool {
        switch selector {
        case .identity(let member): element[member]?.string?.isIdenticalText(to: identity) == true
        case .value(let member, let text): element[member]?.string?.isIdenticalText(to: text) == true
        case nil: true
        }
    }

    /// The content as it is stored, and the secrets that were cut out of it.
    public func read(_ content: JSON, names: PropertyNames) -> (content: JSON, secrets: [CutSecret]) {
        var redactor = Redactor(redactions, lists: lists, names: names)
        let redacted = redactor.redact(content)
        return (Normalization(volatile: volatile, lists: lists).apply(to: redacted), redactor.secrets)
    }
}

/// Where an answer leads: to resources of a kind, or to a further question about the same resource.
public struct Lead: Sendable {
    public enum Destination: Sendable, Hashable {
        case kind(Kind)
        case question(String)
    }

    public let destination: Destination
    /// What the answer leads to, each as the inputs of the next question. Sees the answer with its secrets.
    public let find: @Sendable (_ answer: JSON, _ place: Place) -> [[String: JSON]]

    /// Resources of a kind, by their identities.
    public static func resources(_ kind: Kind, _ find: @escaping @Sendable (JSON, Place) -> [String]) -> Lead {
        Lead(destination: .kind(kind)) { answer, place in find(answer, place).map { ["identity": .string($0)] } }
    }

    /// A further question; none where `find` gives nil.
    public static func question(_ name: String, _ find: @escaping @Sendable (JSON) -> [String: JSON]?) -> Lead {
        Lead(destination: .question(name)) { answer, _ in find(answer).map { [$0] } ?? [] }
    }

    private init(destination: Destination, find: @escaping @Sendable (JSON, Place) -> [[String: JSON]]) {
        self.destination = destination
        self.find = find
    }

    public var questionName: String? { if case .question(let name) = destination { name } else { nil } }
}

/// Where in AWS a walk takes place.
public struct Place: Sendable, Hashable {
    public let partition: String
    public let account: String
    public let region: String

    public init(partition: String, account: String, region: String) {
        self.partition = partition
        self.account = account
        self.region = region
    }
}

/// What an answer says of the moment, not of the resource.
public enum Sign: Sendable, Hashable {
    /// The environment was not at rest when it was looked at.
    case unsettled(String)
    /// The deployment that is there failed.
    case failed(String)
}
