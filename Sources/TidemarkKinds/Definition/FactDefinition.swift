import StrictJSON

/// A value derived for people, computed from the state: `ingress`, `properties`.
public struct FactDefinition: Sendable {
    /// The name in kebab case, which no name of AWS has.
    public let name: String
    /// The meaning and the source of the fact, in one sentence.
    public let summary: String
    /// The shape of the value.
    public let shape: AttributeShape
    /// The attribute whose every change it shows, more readably.
    public let summarizedAttribute: String?
    /// Computes the value; nil if the resource has none.
    let compute: @Sendable (inout FactReader) -> JSON?
    /// The lines with their keys; nil for a fact whose elements are their own keys.
    let lines: (@Sendable (inout FactReader) -> [FactLine]?)?
    /// Finds the lines that contain a stated one by meaning; nil for a fact whose lines mean their texts. It gives nil for any
    /// other text.
    let containing: (@Sendable (_ stated: String, inout FactReader) -> ContainingLines?)?

    /// Creates the definition of a fact.
    public init(
        _ name: String, _ summary: String, shape: AttributeShape, summarizing summarizedAttribute: String? = nil,
        compute: @escaping @Sendable (inout FactReader) -> JSON?
    ) {
        self.init(
            name, summary, shape: shape, summarizing: summarizedAttribute, lines: nil, containing: nil,
            compute: compute)
    }

    init(
        _ name: String, _ summary: String, shape: AttributeShape, summarizing summarizedAttribute: String?,
        lines: (@Sendable (inout FactReader) -> [FactLine]?)?,
        containing: (@Sendable (_ stated: String, inout FactReader) -> ContainingLines?)?,
        compute: @escaping @Sendable (inout FactReader) -> JSON?
    ) {
        self.name = name
        self.summary = summary
        self.shape = shape
        self.summarizedAttribute = summarizedAttribute
        self.lines = lines
        self.containing = containing
        self.compute = compute
    }
}

extension FactDefinition {
    /// The fact that every kind has: the identity.
    package static let identity = FactDefinition(
        "identity", "The name that distinguishes the resource from others of its kind.", shape: .scalar,
        compute: { .string($0.resource.identity) })
}
