import StrictJSON

/// A value derived for people, computed from the state: `ingress`, `properties`.
public struct FactDefinition: Sendable {
    /// Kebab-case, so that it is told apart from AWS's names.
    public let name: String
    /// What it says and where it comes from, in one sentence.
    public let summary: String
    public let shape: AttributeShape
    /// The attribute of which it tells every change, more readably.
    public let told: String?
    /// Nil where the resource has no such value.
    let compute: @Sendable (inout FactReader) -> JSON?

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
    /// What every kind has: the name by which a resource of it is told from the others.
    static let identity = FactDefinition(
        "identity", "What tells the resource from others of its kind.", shape: .scalar,
        compute: { .string($0.resource.identity) })
}
