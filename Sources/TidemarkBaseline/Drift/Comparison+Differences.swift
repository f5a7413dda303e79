import StrictJSON
import TidemarkKinds

extension Comparison {
    /// The differences of a value from what is expected: one for each leaf of a map, each element of a list with keys, and each
    /// missing or unexpected element of a list without; one for anything else.
    func differences(
        _ written: Expected, _ actual: JSON?, at path: AttributePath, pattern: AttributePattern
    ) -> [Difference] {
        let expected = spelled(written, at: pattern)
        switch expected {
        case .map(let members) where actual != Redacted.value: return differences(members, actual, at: path, pattern)
        case .list(let elements): return differences(elements, actual, at: path, pattern)
        case .operators(let operators): return differences(operators, actual, at: path, pattern)
        case .scalar, .template, .map: return differenceOfWhole(expected, actual, at: path, pattern)
        }
    }

    private func differenceOfWhole(
        _ expected: Expected, _ actual: JSON?, at path: AttributePath, _ pattern: AttributePattern
    ) -> [Difference] {
        switch match(expected, actual, pattern) {
        case .holds: []
        case .differs: [Difference(path: path, expected: expected, actual: actual)]
        case .redacted: [Difference(path: path, expected: expected, actual: actual, isRedacted: true)]
        case .incomparable(let reason):
            [Difference(path: path, expected: expected, actual: actual, incomparable: reason)]
        }
    }

    private func differences(
        _ members: [(path: AttributePath, expected: Expected)], _ actual: JSON?, at path: AttributePath,
        _ pattern: AttributePattern
    ) -> [Difference] {
        let named = members.flatMap { inner, expected in
            let member = self.member(inner, of: actual, at: path, pattern: pattern)
            return differences(expected, member.value, at: member.path, pattern: member.pattern)
        }
        let others = beside(members.map(\.path), in: actual, pattern)
        return named + others.map { Difference(path: path.appending($0), expected: nil, actual: $1) }
    }

    private func differences(
        _ operators: [Operator], _ actual: JSON?, at path: AttributePath, _ pattern: AttributePattern
    ) -> [Difference] {
        var found: [Difference] = []
        var others: [Operator] = []
        for test in operators {
            if !isOneValue, let elements = test.definition.elementDifferences(in: actual, at: pattern, self) {
                found += elements.map { difference($0, at: path, pattern) }
            } else {
                others.append(test)
            }
        }
        return others.isEmpty ? found : found + differenceOfWhole(.operators(others), actual, at: path, pattern)
    }

    // MARK: Lists

    /// - Parameter path: The list or the text.
    private func difference(
        _ element: ElementDifference, at path: AttributePath, _ pattern: AttributePattern
    ) -> Difference {
        // The order within an element does not distinguish it.
        let order = Normalization(volatile: [], lists: rules)
        let inner = pattern.appending(.elements)
        switch element {
        case .missing(let expected):
            let key = order.apply(to: expected.json(asWritten: true), at: inner)
            return Difference(path: path, element: FindingElement(.missing, key), expected: expected, actual: nil)
        case .unexpected(let actual):
            let key = order.apply(to: actual, at: inner)
            return Difference(path: path, element: FindingElement(.unexpected, key), expected: nil, actual: actual)
        case .undecided(let reason):
            return Difference(path: path, expected: nil, actual: nil, incomparable: reason)
        }
    }

    private func differences(
        _ elements: [Expected], _ actual: JSON?, at path: AttributePath, _ pattern: AttributePattern
    ) -> [Difference] {
        guard !isOneValue, rules[pattern] != .ordered, let values = list(actual, besides: elements, pattern) else {
            return differenceOfWhole(.list(elements), actual, at: path, pattern)
        }
        let keyed = KeyedElements(elements, values, by: rules[pattern])
        let found = keyed.pairs.flatMap { key, expected, value in
            differences(expected, value, at: path.appending(.key(key)), pattern: pattern.appending(.elements))
        }
        let missing = keyed.missing.map { key, expected in
            Difference(path: path.appending(.key(key)), expected: expected, actual: nil)
        }
        let rest = leftovers(of: keyed.others, in: keyed.otherValues, pattern)
        let unexpected = rest.unexpected.map { value in
            keyed.key(of: value).map {
                Difference(path: path.appending(.key($0)), expected: nil, actual: value)
            } ?? difference(.unexpected(value), at: path, pattern)
        }
        let all = found + missing + rest.missing.map { difference(.missing($0), at: path, pattern) } + unexpected
        // Only an element that is redacted, or cannot be compared, can keep the list from holding.
        return all.isEmpty ? differenceOfWhole(.list(elements), actual, at: path, pattern) : all
    }

    /// The elements that are left over when as many as possible are paired, each used once. The order of either list does not
    /// matter: plain texts are paired first, and the rest in the order of their canonical forms.
    func leftovers(of expected: [Expected], in values: [JSON], _ pattern: AttributePattern) -> Leftovers {
        let plain = PlainPairs(expected, values)
        let expected = plain.expected.sorted(byText: { $0.json(asWritten: true).canonical })
        let values = plain.values.sorted(byText: \.canonical)
        let inner = pattern.appending(.elements)
        let matches = expected.map { element in values.map { match(element, $0, inner) } }
        var (result, pairing) = (MatchResult.holds, Pairing(matches.map { $0.map { $0 == .holds } }, values.count))
        if !pairing.isPerfect {
            // An element that is redacted, or cannot be compared, may be the expected one.
            pairing = Pairing(matches.map { $0.map { $0 != .differs } }, values.count)
            result = pairing.isPerfect ? .all(matches.joined().filter { $0 != .differs }) : .differs
        }
        return Leftovers(
            missing: pairing.unpairedLeft.map { expected[$0] }, unexpected: pairing.unpairedRight.map { values[$0] },
            result: result)
    }
}

/// The elements of two lists that cannot be paired.
struct Leftovers {
    let missing: [Expected]
    let unexpected: [JSON]
    let result: MatchResult
}

/// The elements that remain when each plain text is paired with an equal one. A plain text fits only an equal one, so the number
/// of pairs does not become smaller.
private struct PlainPairs {
    private(set) var expected: [Expected] = []
    private(set) var values: [JSON] = []

    init(_ expected: [Expected], _ values: [JSON]) {
        var counts = Dictionary(values.compactMap { value in value.plainText.map { ($0, 1) } }, uniquingKeysWith: +)
        var paired: [JSON: Int] = [:]
        for element in expected {
            guard let text = element.plainText, let count = counts[text], count > 0 else {
                self.expected.append(element)
                continue
            }
            counts[text] = count - 1
            paired[text, default: 0] += 1
        }
        for value in values {
            if let text = value.plainText, let count = paired[text], count > 0 {
                paired[text] = count - 1
            } else {
                self.values.append(value)
            }
        }
    }
}
