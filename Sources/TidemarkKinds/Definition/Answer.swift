import StrictJSON

/// An answer of AWS about a resource, with its secrets. Only a walk and the declarations of kinds see it.
public struct Answer: Sendable {
    /// The answer in boto3's shape. For a question that is asked once per inputs, the list of all answers in the order of
    /// `inputs`.
    public let value: JSON
    /// The identity of the resource that was asked about.
    public let identity: String
    /// The account and the region of the walk.
    public let place: AccountRegion
    /// The inputs of each time that the question was asked.
    public let inputs: [QuestionInputs]
    /// The bytes of an object; they are not part of the value.
    public let payload: [UInt8]
    private let contents: [String: JSON]

    /// Creates an answer, and selects the content of each facet once.
    /// - Parameter facets: The facets of the resource that the answer should have.
    public init(
        _ value: JSON, identity: String, place: AccountRegion, inputs: [QuestionInputs] = [], payload: [UInt8] = [],
        facets: [FacetDefinition] = []
    ) {
        self.value = value
        self.identity = identity
        self.place = place
        self.inputs = inputs
        self.payload = payload
        let found = facets.compactMap { facet in facet.content(in: value, of: identity).map { (facet.name, $0) } }
        contents = Dictionary(uniqueKeysWithValues: found)
    }

    /// Creates an answer of recorded contents, by the names of their facets. Its value is null.
    package init(recorded contents: [String: JSON], identity: String, place: AccountRegion, inputs: [QuestionInputs]) {
        value = .null
        payload = []
        self.identity = identity
        self.place = place
        self.inputs = inputs
        self.contents = contents
    }

    /// The content of a facet, or nil if the answer does not have it.
    public func content(of facet: FacetDefinition) -> JSON? { contents[facet.name] }

    /// The answers of a question that is asked once per inputs, each with its own inputs.
    public var each: [Answer] {
        zip(value.array ?? [], inputs).map { Answer($0, identity: identity, place: place, inputs: [$1]) }
    }
}
