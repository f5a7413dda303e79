import StrictJSON
import Tidemark

/// The values for the templates of a question, by name.
public typealias QuestionInputs = [String: JSON]

/// An AWS operation that is asked about a resource, and the facets, leads and status signals of its answer.
public struct QuestionDefinition: Sendable {
    /// How often a question is asked about one resource.
    public enum Count: Sendable {
        /// Once, for the resource itself.
        case once
        /// Once per inputs, concurrently. The answers count as one: if one of them fails, all do.
        case perInputs
    }

    /// The name of the question within its kind.
    public let name: String
    /// The service by AWS's name: `rds`.
    public let service: String
    /// The operation by AWS's name: `DescribeDBInstances`.
    public let operation: String
    /// A template: `${identity}` is the resource's identity, `${name}` another input. The input `region` is the region to
    /// ask, if it is not the environment's.
    public let parameters: JSONObject
    /// How often the question is asked about one resource.
    public let count: Count
    /// The ARN to which the permission can be limited: a template of the inputs, and of attributes of the resource that leads
    /// to the question. Nil if it cannot be limited.
    public let scope: String?
    /// The error codes which say that the resource, or the part of it, does not exist.
    public let absent: Set<String>
    /// Whether an answer without the resource says that it does not exist. AWS must not answer so to callers without
    /// permission. A resource that the walk still reaches is doubtful all the same.
    public let omitsAbsent: Bool
    /// Whether the resource in an answer no longer exists. AWS lists a terminated instance for a while.
    public let isGone: @Sendable (Answer) -> Bool
    /// The member that every answer has; nil if there is none.
    public let requirement: AnswerRequirement?
    /// Whether its answer about a resource never changes. One that an earlier snapshot recorded, by the same decoder, is not
    /// asked for again. Its leads read only the contents of its facets, which are what is recorded.
    public let isImmutable: Bool
    /// The member of the answer with a presigned URL: its bytes are fetched, and are the answer's payload. Nil if there is none.
    public let download: String?
    /// Reads the value in which the facets are; nil if that is AWS's answer itself.
    public let read: (@Sendable (Answer) throws(UnreadableAnswer) -> JSON)?
    /// The facets that are read from the answer.
    public let facets: [FacetDefinition]
    /// The resources that the answer lists. The question's one facet is then a facet of each of them.
    public let members: MembersDefinition?
    /// Values of the moment in the answer, beside the readings of its facets and members.
    public let readings: @Sendable (Answer) -> [Reading]
    /// The leads in the answer.
    public let leads: [Lead]
    /// The status signals in an answer.
    public let statusSignals: @Sendable (Answer) -> [StatusSignal]
    /// The status signals if the question is not answered.
    public let unknownStatusSignals: [StatusSignal]

    /// Creates the definition of a question.
    public init(
        _ name: String, _ service: String, _ operation: String, _ parameters: JSONObject, count: Count = .once,
        scope: String? = nil, absent: Set<String> = [], omitsAbsent: Bool = false,
        isGone: @escaping @Sendable (Answer) -> Bool = { _ in false },
        requires requirement: AnswerRequirement? = nil, isImmutable: Bool = false, download: String? = nil,
        read: (@Sendable (Answer) throws(UnreadableAnswer) -> JSON)? = nil,
        facets: [FacetDefinition] = [], members: MembersDefinition? = nil,
        readings: @escaping @Sendable (Answer) -> [Reading] = { _ in [] },
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
        self.isImmutable = isImmutable
        self.download = download
        self.read = read
        self.facets = facets
        self.members = members
        self.readings = readings
        self.leads = leads
        self.statusSignals = statusSignals
        self.unknownStatusSignals = unknownStatusSignals
    }

    /// The answer from which the facets and the leads are read.
    /// - Throws: `UnreadableAnswer` if AWS's answer is not what was asked for.
    public func reading(_ answer: Answer) throws(UnreadableAnswer) -> Answer {
        guard let read else { return answer }
        return Answer(
            try read(answer), identity: answer.identity, place: answer.place, inputs: answer.inputs, facets: ownFacets)
    }

    /// Whether two answers have the same facets, except for readings.
    public func isUnchanged(from first: Answer, to last: Answer) -> Bool {
        facets.allSatisfy { facet in
            let readings = Set(facet.readings.map(AttributePattern.init(stringLiteral:)))
            let read = Normalization(volatile: readings, lists: facet.lists)
            return first.content(of: facet).map { read.apply(to: $0) }
                == last.content(of: facet).map { read.apply(to: $0) }
        }
    }

    /// The permission that it needs, in IAM's spelling: `rds:DescribeDBInstances`.
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
