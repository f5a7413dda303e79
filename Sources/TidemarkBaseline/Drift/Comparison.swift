import StrictJSON
import Tidemark
import TidemarkKinds

/// A comparison of expected values with values in AWS, within one attribute.
struct Comparison {
    let rules: ListRules
    /// The places of versions; all other numbers are decimals.
    let versions: Set<AttributePattern>
    let policies: Set<AttributePattern>
    let isDefault: @Sendable (JSON) -> Bool
    /// The values that are readings now, with the reason why nothing can be expected of them.
    let moved: [AttributePattern: Unseen]
    /// Whether a member that a map does not name is a difference.
    let isExact: Bool
    /// Whether a list is one value: a fact has it if tasks disagree.
    let isOneValue: Bool
    private let linesContaining: (([String]) -> ContainingLines?)?

    init(_ scope: AttributeScope, isExact: Bool = false) {
        rules = scope.rules
        versions = scope.versions
        policies = scope.policies
        isDefault = scope.isDefault
        moved = scope.moved
        isOneValue = scope.isOneValue
        linesContaining = scope.linesContaining
        self.isExact = isExact
    }

    init(rules: ListRules, isOneValue: Bool = false) {
        self.init(AttributeScope(rules: rules, isOneValue: isOneValue))
    }

    func match(_ written: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        if actual == nil, let reading = moved[pattern] { return .incomparable(reading) }
        return switch spelled(written, at: pattern) {
        case .scalar(let scalar): scalar.match(actual)
        case .template(let template): ExpectedScalar(template.description).match(actual)
        case .list(let elements): matchList(elements, actual, pattern)
        case .map where actual == Redacted.value: .redacted
        case .map(let members):
            MatchResult.all(
                [MatchResult(beside(members.map(\.path), in: actual, pattern).isEmpty)]
                    + members.map { inner, expected in
                        let member = self.member(inner, of: actual, at: AttributePath(), pattern: pattern)
                        return match(expected, member.value, member.pattern)
                    })
        case .operators(let operators):
            MatchResult.all(operators.map { $0.definition.match(actual, at: pattern, self) })
        }
    }

    /// The lines of a fact that contain an expected one by meaning; nil where texts are compared.
    func lines(containing expected: Expected, at pattern: AttributePattern) -> ContainingLines? {
        guard case .scalar(let scalar) = expected, pattern.steps.isEmpty else { return nil }
        return linesContaining?(scalar.spellings)
    }

    /// What a bound compares at a place.
    func measure(at pattern: AttributePattern) -> Bound.Measure { versions.contains(pattern) ? .version : .number }

    /// The value at a path below another one; within a keyed list, a name is an element's key.
    func member(
        _ inner: AttributePath, of value: JSON?, at path: AttributePath, pattern: AttributePattern
    ) -> (value: JSON?, path: AttributePath, pattern: AttributePattern) {
        inner.steps.reduce((value, path, pattern)) { place, step in
            let (value, path, pattern) = place
            guard case .member(let name) = step else { return place }
            if case .keyed? = rules[pattern], let elements = value?.array {
                let element = elements.first { rules[pattern]?.key(of: $0)?.isIdenticalText(to: name) == true }
                return (element, path.appending(.key(name)), pattern.appending(.elements))
            }
            return (value?[name], path.appending(step), pattern.appending(.member(name)))
        }
    }

    // MARK: Lists

    /// The elements of a list, without defaults that are not expected; an absent list is empty. Nil for any other value.
    func list(_ actual: JSON?, besides expected: [Expected], _ pattern: AttributePattern) -> [JSON]? {
        let inner = pattern.appending(.elements)
        let values = actual == nil || actual == .null ? [] : actual?.array
        return values?.filter { value in
            !pattern.steps.isEmpty || !isDefault(value) || expected.contains { match($0, value, inner) == .holds }
        }
    }

    private func matchList(_ expected: [Expected], _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        guard let values = list(actual, besides: expected, pattern) else {
            return actual == Redacted.value ? .redacted : .differs
        }
        guard values.count == expected.count else { return .differs }
        if rules[pattern] == .ordered {
            return MatchResult.all(zip(expected, values).map { match($0, $1, pattern.appending(.elements)) })
        }
        return leftovers(of: expected, in: values, pattern).result
    }
}

extension Expected {
    /// The text, if nothing but one text is expected.
    var plainText: JSON? {
        guard case .scalar(let scalar) = self, !scalar.isNull, scalar.aliases.isEmpty else { return nil }
        return .string(scalar.text)
    }
}

extension JSON {
    /// The text, if no part of it is redacted.
    var plainText: JSON? {
        string.flatMap { Redacted.isPart(of: $0) ? nil : .string($0) }
    }
}

extension ExpectedScalar {
    /// Compares a scalar. A text with a redacted part may be the expected one if a part of that would be redacted too, unless
    /// the expected text is written in its redacted form.
    fileprivate func match(_ actual: JSON?) -> MatchResult {
        if isNull { return MatchResult(holds(of: actual)) }
        if actual == Redacted.value { return .redacted }
        let isPartlyRedacted = actual?.string.map(Redacted.isPart) == true && !Redacted.isPart(of: text)
        guard isPartlyRedacted else { return MatchResult(holds(of: actual)) }
        let isRedactedToo = text.contains("://") || !RedactedText(text).secrets.isEmpty
        return isRedactedToo ? .redacted : MatchResult(holds(of: actual))
    }
}
