import StrictJSON

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
    public let signs: @Sendable (Answer) -> [Sign]

    public init(
        _ name: String, _ service: String, _ operation: String, _ parameters: JSONObject, absent: Set<String> = [],
        facets: [FacetDefinition] = [], leads: [Lead] = [], signs: @escaping @Sendable (Answer) -> [Sign] = { _ in [] }
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
