import StrictJSON

/// The newest entry of each environment that an answer uses.
public struct Heads: Sendable, Hashable {
    private var references: [EnvironmentName: HeadReference]

    /// Creates heads from the newest entry of each environment.
    public init(_ references: [EnvironmentName: HeadReference] = [:]) { self.references = references }

    /// The newest entry of an environment; nil if the answer does not use it.
    public subscript(environment: EnvironmentName) -> HeadReference? { references[environment] }

    /// Adds the heads of other environments.
    package mutating func add(_ other: Heads) { references.merge(other.references) { _, new in new } }

    /// The heads by environment, sorted: `{"antenna-production": "@31:6fb3…"}`.
    package var json: JSON {
        let sorted = references.sorted { $0.key.rawValue.precedesByUTF8($1.key.rawValue) }
        return .object(JSONObject(sorted.map { ($0.key.rawValue, .string($0.value.description)) }))
    }
}
