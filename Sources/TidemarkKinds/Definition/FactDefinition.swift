import StrictJSON

/// A value derived for people, computed from the state: `ingress`, `properties`.
public struct FactDefinition: Sendable {
    /// Kebab-case, which no name of AWS is.
    public let name: String
    /// Its meaning and its source, in one sentence.
    public let summary: String
    /// The shape of the value.
    public let shape: AttributeShape
    /// The attribute whose every change it shows, more readably.
    public let told: String?
    /// Returns nil if the resource has no such value.
    let compute: @Sendable (inout FactReader) -> JSON?

    /// Creates the definition of a fact.
    public init(
        _ name: String, _ summary: String, shape: AttributeShape, tells told: String? = nil,
        compute: @escaping @Sendable (inout FactReader) -> JSON?
    ) {
        self.name = name
        self.summary = summary
        self.shape = shape
        self.told = told
        self.compute = compute
    }
}

extension FactDefinition {
    /// The fact that every kind has: the identity.
    package static let identity = FactDefinition(
        "identity", "The name that distinguishes the resource from others of its kind.", shape: .scalar,
        compute: { .string($0.resource.identity) })
}
