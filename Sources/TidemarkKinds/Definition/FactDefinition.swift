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
    /// The meaning of the lines; nil if they mean their texts.
    public let meaning: LineMeaning?

    /// Creates the definition of a fact.
    public init(
        _ name: String, _ summary: String, shape: AttributeShape, summarizing summarizedAttribute: String? = nil,
        compute: @escaping @Sendable (inout FactReader) -> JSON?
    ) {
        self.init(
            name, summary, shape: shape, summarizing: summarizedAttribute, lines: nil, meaning: nil,
            compute: compute)
    }

    init(
        _ name: String, _ summary: String, shape: AttributeShape, summarizing summarizedAttribute: String?,
        lines: (@Sendable (inout FactReader) -> [FactLine]?)?,
        meaning: LineMeaning?,
        compute: @escaping @Sendable (inout FactReader) -> JSON?
    ) {
        self.name = name
        self.summary = summary
        self.shape = shape
        self.summarizedAttribute = summarizedAttribute
        self.lines = lines
        self.meaning = meaning
        self.compute = compute
    }
}

extension FactDefinition {
    /// The fact that every kind has: the identity.
    package static let identity = FactDefinition(
        "identity", "The name that distinguishes the resource from others of its kind.", shape: .scalar,
        compute: { .string($0.resource.identity) })
}
