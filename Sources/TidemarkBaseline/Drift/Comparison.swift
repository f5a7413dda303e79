import StrictJSON
import TidemarkKinds

/// A comparison of expected values with values in AWS, within one attribute.
struct Comparison {
    let rules: ListRules
    /// The places of versions; all other numbers are decimals.
    let versions: Set<AttributePattern>
    /// Whether a member that a map does not name is a difference.
    let isExact: Bool

    init(rules: ListRules, versions: Set<AttributePattern> = [], isExact: Bool = false) {
        self.rules = rules
        self.versions = versions
        self.isExact = isExact
    }

    func differences(
        _ expected: Expected, _ actual: JSON?, at path: AttributePath, pattern: AttributePattern
    ) -> [Difference] {
        if case .map(let members) = expected, actual != Redacted.value {
            let named = members.flatMap { inner, expected in
                let member = self.member(inner, of: actual, at: path, pattern: pattern)
                return differences(expected, member.value, at: member.path, pattern: member.pattern)
            }
            return named
                + beside(members.map(\.path), in: actual, pattern).map { step, value in
                    Difference(path: path.appending(step), expected: nil, actual: value)
                }
        }
        switch match(expected, actual, pattern) {
        case .holds: return []
        case .redacted: return [Difference(path: path, expected: expected, actual: actual, isRedacted: true)]
        case .incomparable(let reason):
            return [Difference(path: path, expected: expected, actual: actual, incomparable: reason)]
        case .differs:
            return [
                Difference(
                    path: path, expected: expected, actual: actual, elements: elements(expected, actual, pattern))
            ]
        }
    }

    /// The elements of a list that make it differ; none where it differs as a whole.
    private func elements(_ expected: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> ListDifference {
        switch expected {
        case .list(let elements):
            guard rules[pattern] != .ordered, let values = list(actual) else { return .none }
            let pairs = plainPairing(elements, values) ?? pair(elements, values, pattern) { $0 != .differs }
            return ListDifference(
                missing: pairs.unpairedLeft.map { elements[$0] }, extra: pairs.unpairedRight.map { values[$0] })
        case .operators(let operators):
            guard let values = actual?.array else { return .none }
            return operators.reduce(into: .none) { found, test in
                let difference = test.definition.differences(in: values, at: pattern, self)
                found.missing += difference.missing
                found.extra += difference.extra
            }
        case .scalar, .template, .map: return .none
        }
    }

    func match(_ expected: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        switch expected {
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

    /// What a bound compares at a place.
    func measure(at pattern: AttributePattern) -> Bound.Measure { versions.contains(pattern) ? .version : .number }

    /// The value at a path below another one; within a keyed list, a name is an element's key.
    private func member(
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

    /// The elements of a list; an absent list is empty. Nil for any other value.
    private func list(_ actual: JSON?) -> [JSON]? {
        actual == nil || actual == .null ? [] : actual?.array
    }

    private func matchList(_ expected: [Expected], _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        guard let values = list(actual) else { return actual == Redacted.value ? .redacted : .differs }
        guard values.count == expected.count else { return .differs }
        if rules[pattern] == .ordered {
            return MatchResult.all(zip(expected, values).map { match($0, $1, pattern.appending(.elements)) })
        }
        if let plain = plainPairing(expected, values) { return MatchResult(plain.isPerfect) }
        if pair(expected, values, pattern, by: { $0 == .holds }).isPerfect { return .holds }
        let possible = pair(expected, values, pattern, by: { $0 != .differs })
        guard possible.isPerfect else { return .differs }
        let inner = pattern.appending(.elements)
        return MatchResult.all(possible.pairs.map { match(expected[$0.left], values[$0.right], inner) })
    }

    /// The pairing of lists of plain texts, which needs no search: each text fits only an equal one. Nil for other lists.
    private func plainPairing(_ expected: [Expected], _ values: [JSON]) -> Pairing? {
        let lefts = expected.map(\.plainText)
        let rights = values.map(\.plainText)
        guard lefts.allSatisfy({ $0 != nil }), rights.allSatisfy({ $0 != nil }) else { return nil }
        return Pairing(lefts.compactMap(\.self), rights.compactMap(\.self))
    }

    private func pair(
        _ expected: [Expected], _ values: [JSON], _ pattern: AttributePattern, by fits: (MatchResult) -> Bool
    ) -> Pairing {
        let inner = pattern.appending(.elements)
        return Pairing(expected.count, values.count) { fits(match(expected[$0], values[$1], inner)) }
    }
}

extension Expected {
    /// The text, if nothing but one text is expected.
    fileprivate var plainText: JSON? {
        guard case .scalar(let scalar) = self, !scalar.isNull, scalar.aliases.isEmpty else { return nil }
        return .string(scalar.text)
    }
}

extension JSON {
    /// The text, if no part of it is redacted.
    fileprivate var plainText: JSON? {
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
