import StrictJSON

/// How a value is not what was expected.
struct Difference {
    let path: AttributePath
    let expected: JSON
    let actual: JSON?
    /// In a list: what should be there and is not, and what is there and should not be.
    var missing: [JSON] = []
    var extra: [JSON] = []
}

/// Compares what is expected with what is, below one attribute.
struct Comparison {
    let rules: ListRules

    func differences(
        _ expected: Expected, _ actual: JSON?, at path: AttributePath, pattern: AttributePattern
    ) -> [Difference] {
        // What is redacted can be neither the literal nor certainly another one; the caller turns this into a mistake.
        if actual == Redacted.value, expected.isLiteral {
            return [Difference(path: path, expected: expected.json, actual: actual)]
        }
        switch expected {
        case .scalar(let scalar):
            return scalar.holds(of: actual) ? [] : [Difference(path: path, expected: expected.json, actual: actual)]
        case .list(let elements):
            return listDifference(elements, actual, at: path, pattern: pattern).map { [$0] } ?? []
        case .map(let members):
            return members.flatMap { inner, expected in
                memberDifferences(inner.steps[...], expected, actual, at: path, pattern: pattern)
            }
        case .operators(let operators):
            let holds = operators.allSatisfy { self.holds($0, of: actual, pattern: pattern) }
            return holds ? [] : [Difference(path: path, expected: expected.json, actual: actual)]
        }
    }

    func holds(_ expected: Expected, of actual: JSON?, pattern: AttributePattern) -> Bool {
        differences(expected, actual, at: AttributePath(), pattern: pattern).isEmpty
    }

    private func memberDifferences(
        _ steps: ArraySlice<AttributePath.Step>, _ expected: Expected, _ actual: JSON?, at path: AttributePath,
        pattern: AttributePattern
    ) -> [Difference] {
        guard case .member(let name)? = steps.first else {
            return differences(expected, actual, at: path, pattern: pattern)
        }
        // Within a keyed list, a name is an element's key.
        if case .keyed? = rules[pattern], let elements = actual?.array {
            let element = elements.first { rules[pattern]?.key(of: $0)?.isIdenticalText(to: name) == true }
            return memberDifferences(
                steps.dropFirst(), expected, element, at: path.appending(.key(name)),
                pattern: pattern.appending(.elements))
        }
        return memberDifferences(
            steps.dropFirst(), expected, actual?[name], at: path.appending(.member(name)),
            pattern: pattern.appending(.member(name)))
    }

    // MARK: Lists

    private func listDifference(
        _ expected: [Expected], _ actual: JSON?, at path: AttributePath, pattern: AttributePattern
    ) -> Difference? {
        // An empty list is the same as none.
        let values = actual == nil || actual == .null ? [] : actual?.array
        let whole = JSON.array(expected.map(\.json))
        guard let values else { return Difference(path: path, expected: whole, actual: actual) }
        let inner = pattern.appending(.elements)
        if rules[pattern] == .ordered {
            let isSame =
                values.count == expected.count
                && zip(expected, values).allSatisfy { holds($0, of: $1, pattern: inner) }
            return isSame ? nil : Difference(path: path, expected: whole, actual: actual)
        }
        let pairs = Pairing(expected.count, values.count) { holds(expected[$0], of: values[$1], pattern: inner) }
        guard !pairs.isPerfect else { return nil }
        return Difference(
            path: path, expected: whole, actual: actual, missing: pairs.unpairedLeft.map { expected[$0].json },
            extra: pairs.unpairedRight.map { values[$0] })
    }

    // MARK: Operators

    private func holds(_ test: Operator, of actual: JSON?, pattern: AttributePattern) -> Bool {
        switch test {
        case .equals(let expected): holds(expected, of: actual, pattern: pattern)
        case .oneOf(let choices): choices.contains { holds($0, of: actual, pattern: pattern) }
        case .includes(let parts): parts.allSatisfy { contains($0, actual, pattern) }
        case .excludes(let parts): !parts.contains { contains($0, actual, pattern) }
        case .matches(let regex): actual?.scalarText.map(regex.matches) ?? false
        case .atLeast(let bound): compare(actual, bound) { $0 >= $1 }
        case .atMost(let bound): compare(actual, bound) { $0 <= $1 }
        case .present(let isPresent): isPresent == (actual != nil && actual != .null && actual != [])
        case .not(let expected): !holds(expected, of: actual, pattern: pattern)
        }
    }

    /// Whether a list has such an element, or a text such a part.
    private func contains(_ part: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> Bool {
        switch actual {
        case .array(let values)?: values.contains { holds(part, of: $0, pattern: pattern.appending(.elements)) }
        case .string(let text)?: if case .scalar(let scalar) = part { text.contains(scalar.text) } else { false }
        default: false
        }
    }

    private func compare(_ actual: JSON?, _ bound: String, _ test: (DottedNumber, DottedNumber) -> Bool) -> Bool {
        guard let actual = actual?.scalarText.flatMap(DottedNumber.init), let bound = DottedNumber(bound) else {
            return false
        }
        return test(actual, bound)
    }
}

extension Expected {
    /// What is expected, for a report.
    var json: JSON {
        switch self {
        case .scalar(let scalar): scalar.isNull ? .null : .string(scalar.text)
        case .list(let elements): .array(elements.map(\.json))
        case .map(let members): .object(JSONObject(members.map { ($0.path.description, $0.expected.json) }))
        case .operators(let operators): .object(JSONObject(operators.map(\.json)))
        }
    }

    /// Whether a literal is expected anywhere in it.
    var isLiteral: Bool {
        switch self {
        case .scalar(let scalar): !scalar.isNull
        case .list, .map: true
        case .operators(let operators):
            operators.contains { if case .present = $0 { false } else { true } }
        }
    }
}

extension Operator {
    fileprivate var json: (String, JSON) {
        switch self {
        case .equals(let expected): ("equals", expected.json)
        case .oneOf(let choices): ("one-of", .array(choices.map(\.json)))
        case .includes(let parts): ("includes", .array(parts.map(\.json)))
        case .excludes(let parts): ("excludes", .array(parts.map(\.json)))
        case .matches(let pattern): ("matches", .string(pattern.text))
        case .atLeast(let bound): ("at-least", .string(bound))
        case .atMost(let bound): ("at-most", .string(bound))
        case .present(let isPresent): ("present", .bool(isPresent))
        case .not(let expected): ("not", expected.json)
        }
    }
}
