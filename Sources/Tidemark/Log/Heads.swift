import StrictJSON

/// The newest entry of each environment that an answer is from.
public struct Heads: Sendable, Hashable {
    private var references: [EnvironmentName: HeadReference]

    public init(_ references: [EnvironmentName: HeadReference] = [:]) { self.references = references }

    /// Adds those of other environments.
    public mutating func add(_ other: Heads) { references.merge(other.references) { _, new in new } }

    /// By environment, each as `--head` takes it: `{"antenna-production": "@31:6fb3…"}`.
    public var json: JSON {
        .object(JSONObject(references.map { ($0.key.rawValue, .string($0.value.description)) }))
    }
}
