import StrictJSON

/// What the templates of a question are filled with, by name.
public typealias QuestionInputs = [String: JSON]

/// One AWS operation that is asked about a resource, and what its answer gives: facets, ways on, signs.
public struct QuestionDefinition: Sendable {
    /// How often a question is asked about one resource.
    public enum Count: Sendable {
        case once
        /// Once per inputs, side by side; the answers are taken together, and stand or fall together.
        case perInputs
    }

    public let name: String
    public let service: String
    public let operation: String
    /// A template: the string `${identity}` stands for the resource's identity, `${name}` for another input. The input
    /// `region` says in which region it is asked, where that is not the environment's.
    public let parameters: JSONObject
    public let count: Count
    /// The ARN of what the permission can be limited to, a template of the same inputs and of attributes of the resource that
    /// leads to the question; nil for everything.
    public let scope: String?
    /// The error codes by which AWS says that what was asked about does not exist.
    public let absent: Set<String>
    /// Whether AWS leaves what does not exist out of its answer instead, and never answers so to those who may not ask.
    /// What the environment itself still names is doubtful all the same.
    public let omitsAbsent: Bool
    /// Whether an answer is about something that exists no more, though AWS lists it for a while: a terminated instance.
    public let isGone: @Sendable (Answer) -> Bool
    /// What every answer has; nil where an answer may lack anything.
    public let requirement: AnswerRequirement?
    public let facets: [FacetDefinition]
    /// The resources that the answer lists; then its one facet is theirs, not that of the resource asked about.
    public let members: MembersDefinition?
    public let leads: [Lead]
    public let statusSignals: @Sendable (Answer) -> [StatusSignal]
    /// What is to be said of the moment where the question is not answered.
    public let unknownStatusSignals: [StatusSignal]

    public init(
        _ name: String, _ service: String, _ operation: String, _ parameters: JSONObject, count: Count = .once,
        scope: String? = nil, absent: Set<String> = [], omitsAbsent: Bool = false,
        isGone: @escaping @Sendable (Answer) -> Bool = { _ in false },
        requires requirement: AnswerRequirement? = nil,
        facets: [FacetDefinition] = [], members: MembersDefinition? = nil,
        leads: [Lead] = [], statusSignals: @escaping @Sendable (Answer) -> [StatusSignal] = { _ in [] },
        unknownStatusSignals: [StatusSignal] = []
    ) {
        self.name = name
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.count = count
        self.scope = scope
        self.absent = absent
        self.omitsAbsent = omitsAbsent
        self.isGone = isGone
        self.requirement = requirement
        self.facets = facets
        self.members = members
        self.leads = leads
        self.statusSignals = statusSignals
        self.unknownStatusSignals = unknownStatusSignals
    }

    /// Whether two answers say the same of what was asked about, but for its readings.
    public func isUnchanged(from first: Answer, to last: Answer) -> Bool {
        facets.allSatisfy { facet in
            let readings = Set(facet.readings.map(AttributePattern.init(stringLiteral:)))
            let read = Normalization(volatile: readings, lists: facet.lists)
            return first.content(of: facet).map { read.apply(to: $0) }
                == last.content(of: facet).map { read.apply(to: $0) }
        }
    }

    /// The permission it needs, in IAM's spelling: `rds:DescribeDBInstances`.
    public var action: String { Permission.action(service, operation) }

    /// The facets of the resource that is asked about: none if the answer lists other resources.
    package var ownFacets: [FacetDefinition] { members == nil ? facets : [] }

    /// Whether its facet is the list of all its answers.
    public var isCollected: Bool { count == .perInputs && members == nil }

    /// The question with its inputs in place.
    public func filled(with inputs: QuestionInputs) -> Question {
        let filled = Self.fill(.object(parameters), from: inputs)
        return Question(
            service: service, operation: operation, parameters: filled.object ?? [:],
            region: inputs["region"]?.string)
    }

    private static func fill(_ template: JSON, from inputs: QuestionInputs) -> JSON {
        switch template {
        case .string(let text) where text.hasPrefix("${") && text.hasSuffix("}"):
            inputs[String(text.dropFirst(2).dropLast())] ?? template
        case .array(let values): .array(values.map { fill($0, from: inputs) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, fill($0.value, from: inputs)) }))
        default: template
        }
    }
}
