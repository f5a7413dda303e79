import StrictJSON

/// Writes expected values for people.
package struct ExpectedWriter {
    /// Writes a plain value in the style of a report.
    let value: (JSON) -> String

    package init(value: @escaping (JSON) -> String) { self.value = value }

    /// The phrase that follows `should`: `be postgres`, `not contain debug`.
    package func obligation(_ expected: Expected) -> String {
        if case .operators(let operators) = expected, operators.count == 1 {
            if let excludes = operators[0].definition as? ExcludesOperator {
                return "not contain \(list(excludes.parts.all))"
            }
            if let includes = operators[0].definition as? IncludesOperator {
                return "contain \(list(includes.parts.all))"
            }
        }
        return "be \(words(expected))"
    }

    /// The phrase that follows `should be`.
    package func words(_ expected: Expected) -> String {
        switch expected {
        case .operators(let operators): operators.map { $0.definition.words(self) }.joined(separator: " and ")
        case .list(let elements) where expected.hasOperators: list(elements)
        case .map(let members) where expected.hasOperators:
            "{ \(members.map { "\(value(.string($0.path.description))): \(words($0.expected))" }.joined(separator: ", ")) }"
        case .scalar, .template, .list, .map: value(expected.json)
        }
    }

    func list(_ elements: [Expected]) -> String { elements.map(words).joined(separator: ", ") }
}

extension Expected {
    /// Whether any value within is a test rather than a plain value.
    fileprivate var hasOperators: Bool {
        switch self {
        case .scalar, .template: false
        case .list(let elements): elements.contains(where: \.hasOperators)
        case .map(let members): members.contains { $0.expected.hasOperators }
        case .operators: true
        }
    }
}
