/// A test of a value other than equality: `{ at-least: 7.1 }`.
public struct Operator: Sendable {
    let definition: any ExpectationOperator

    init(_ definition: any ExpectationOperator) { self.definition = definition }

    /// The operator's key in a baseline, such as `at-least`.
    public var name: String { type(of: definition).name }
}

extension Operator {
    /// Every operator, in the order in which messages and the schema list them.
    static let all: [any ExpectationOperator.Type] = [
        EqualsOperator.self, OneOfOperator.self, IncludesOperator.self, ExcludesOperator.self, MatchesOperator.self,
        AtLeastOperator.self, AtMostOperator.self, VersionAtLeastOperator.self, VersionAtMostOperator.self,
        PresentOperator.self, NotOperator.self,
    ]

    package static let names = all.map { $0.name }

    /// The name of each operator and the JSON Schema of its value.
    package static let schemas = all.map { ($0.name, $0.schema) }

    /// The operator with that key, or nil.
    static func named(_ name: String) -> (any ExpectationOperator.Type)? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
