import StrictJSON

/// Compares what is expected with what is, below one attribute.
struct Comparison {
    let rules: ListRules
    /// Whether a member that a map does not name is a difference.
    let isExact: Bool

    init(rules: ListRules, isExact: Bool = false) {
        self.rules = rules
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
                    Difference(path: path.appending(step), expected: .null, actual: value)
                }
        }
        switch truth(expected, actual, pattern) {
        case .holds: return []
        case .redacted: return [Difference(path: path, expected: .null, actual: actual, isRedacted: true)]
        case .differs:
            let (missing, extra) = elements(expected, actual, pattern)
            return [
                Difference(path: path, expected: expected.json, actual: actual, missing: missing, extra: extra)
            ]
        }
    }

    /// Of a list, which of its elements are meant by the difference; none of anything else.
    private func elements(
        _ expected: Expected, _ actual: JSON?, _ pattern: AttributePattern
    ) -> (missing: [JSON], extra: [JSON]) {
        switch expected {
        case .list(let elements):
            guard rules[pattern] != .ordered, let values = list(actual) else { return ([], []) }
            let pairs = plainPairing(elements, values) ?? pair(elements, values, pattern) { $0 != .differs }
            return (pairs.unpairedLeft.map { elements[$0].json }, pairs.unpairedRight.map { values[$0] })
        case .operators(let operators):
            guard let values = actual?.array else { return ([], []) }
            let inner = pattern.appending(.elements)
            return operators.reduce(into: ([], [])) { found, test in
                switch test {
                case .includes(let parts):
                    found.0 += parts.filter { contains($0, actual, pattern) == .differs }.map(\.json)
                case .excludes(let parts):
                    found.1 += values.filter { value in parts.contains { truth($0, value, inner) == .holds } }
                default: break
                }
            }
        case .scalar, .template, .map: return ([], [])
        }
    }

    func truth(_ expected: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        switch expected {
        case .scalar(let scalar): scalar.truth(of: actual)
        case .template(let template): ExpectedScalar(template.description).truth(of: actual)
        case .list(let elements): listTruth(elements, actual, pattern)
        case .map where actual == Redacted.value: .redacted
        case .map(let members):
            MatchResult.all(
                [MatchResult(beside(members.map(\.path), in: actual, pattern).isEmpty)]
                    + members.map { inner, expected in
                        let member = self.member(inner, of: actual, at: AttributePath(), pattern: pattern)
                        return truth(expected, member.value, member.pattern)
                    })
        case .operators(let operators): MatchResult.all(operators.map { truth($0, actual, pattern) })
        }
    }

    /// What stands at a path below a value; within a keyed list, a name is an element's key.
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

    /// The elements of a list; none where there is nothing, which is the same as an empty list.
    private func list(_ actual: JSON?) -> [JSON]? {
        actual == nil || actual == .null ? [] : actual?.array
    }

    private func listTruth(_ expected: [Expected], _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        guard let values = list(actual) else { return actual == Redacted.value ? .redacted : .differs }
        guard values.count == expected.count else { return .differs }
        if rules[pattern] == .ordered {
            return MatchResult.all(zip(expected, values).map { truth($0, $1, pattern.appending(.elements)) })
        }
        if let plain = plainPairing(expected, values) { return MatchResult(plain.isPerfect) }
        if pair(expected, values, pattern, by: { $0 == .holds }).isPerfect { return .holds }
        return pair(expected, values, pattern, by: { $0 != .differs }).isPerfect ? .redacted : .differs
    }

    /// Of plain texts alone each fits its like and no other: nothing need be tried.
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
        return Pairing(expected.count, values.count) { fits(truth(expected[$0], values[$1], inner)) }
    }

    // MARK: Operators

    private func truth(_ test: Operator, _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        switch test {
        case .equals(let expected): truth(expected, actual, pattern)
        case .not(let expected): !truth(expected, actual, pattern)
        case .oneOf(let choices): MatchResult.any(choices.map { truth($0, actual, pattern) })
        case .includes(let parts): MatchResult.all(parts.map { contains($0, actual, pattern) })
        case .excludes(let parts): MatchResult.all(parts.map { !contains($0, actual, pattern) })
        case .present(let isPresent): MatchResult(isPresent == (actual?.isNothing == false))
        case .matches, .atLeast, .atMost: actual == Redacted.value ? .redacted : MatchResult(holds(test, of: actual))
        }
    }

    /// The tests of a text alone.
    private func holds(_ test: Operator, of actual: JSON?) -> Bool {
        switch test {
        case .matches(let pattern): actual?.scalarText.map(pattern.matches) ?? false
        case .atLeast(let bound): compare(actual, bound) { $0 >= $1 }
        case .atMost(let bound): compare(actual, bound) { $0 <= $1 }
        case .equals, .not, .oneOf, .includes, .excludes, .present: false
        }
    }

    /// Whether a list has such an element, or a text such a part.
    private func contains(_ part: Expected, _ actual: JSON?, _ pattern: AttributePattern) -> MatchResult {
        switch actual {
        case Redacted.value?: return .redacted
        case .array(let values)?: return MatchResult.any(values.map { truth(part, $0, pattern.appending(.elements)) })
        case .string(let text)?:
            guard case .scalar(let scalar) = part else { return .differs }
            if text.contains(scalar.text) { return .holds }
            // It may stand in the part that is not kept.
            return Redacted.isPart(of: text) ? .redacted : .differs
        default: return .differs
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
    /// The text of which it is expected, where that is all there is to it.
    fileprivate var plainText: JSON? {
        guard case .scalar(let scalar) = self, !scalar.isNull, scalar.aliases.isEmpty else { return nil }
        return .string(scalar.text)
    }
}

extension JSON {
    /// A text of which nothing was redacted.
    fileprivate var plainText: JSON? {
        string.flatMap { Redacted.isPart(of: $0) ? nil : .string($0) }
    }
}

extension ExpectedScalar {
    /// A text of which a part was redacted may be the one that is expected, if a part of that would be redacted too; not if it
    /// is spelled redacted.
    fileprivate func truth(of actual: JSON?) -> MatchResult {
        if isNull { return MatchResult(holds(of: actual)) }
        if actual == Redacted.value { return .redacted }
        let isPartlyRedacted = actual?.string.map(Redacted.isPart) == true && !Redacted.isPart(of: text)
        guard isPartlyRedacted else { return MatchResult(holds(of: actual)) }
        let isRedactedToo = text.contains("://") || !RedactedText(text).secrets.isEmpty
        return isRedactedToo ? .redacted : MatchResult(holds(of: actual))
    }
}
