/// The leading numbers of a version, compared part by part: 7.10 is later than 7.9, and 7 is 7.0.
///
/// AWS's versions may end in more than numbers: `14.00.3049.1.v1`, `8.0.mysql_aurora.3.04.0`, `6.x`.
package struct VersionNumber: Sendable {
    private let parts: [Int]
    /// Whether the version ends in something else.
    private let hasSuffix: Bool

    /// Nil unless the text begins with a number.
    package init?(leading text: String) {
        var parts: [Int] = []
        var rest = text[...]
        while let number = Int(rest.prefix { ("0"..."9").contains($0) }) {
            parts.append(number)
            rest = rest.drop { ("0"..."9").contains($0) }
            guard rest.first == ".", let next = rest.dropFirst().first, ("0"..."9").contains(next) else { break }
            rest = rest.dropFirst()
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
        hasSuffix = !rest.isEmpty
    }

    /// Nil unless the text is nothing but numbers with dots between them.
    package init?(_ text: String) {
        guard let version = VersionNumber(leading: text), !version.hasSuffix else { return nil }
        self = version
    }

    /// The order of the version and a bound. Nil where a part that is not a number decides: `6.x` and 6.2.
    package func order(to bound: VersionNumber) -> ValueOrder? {
        for place in 0..<max(parts.count, bound.parts.count) {
            let limit = place < bound.parts.count ? bound.parts[place] : 0
            let isKnown = place < parts.count
            if !isKnown, hasSuffix, limit > 0 { return nil }
            let order = ValueOrder(isKnown ? parts[place] : 0, limit)
            if order != .equal { return order }
        }
        return .equal
    }
}

/// The order of a value and another one.
package enum ValueOrder: Sendable {
    case less, equal, greater

    package init<Value: Comparable>(_ value: Value, _ other: Value) {
        self = value < other ? .less : value == other ? .equal : .greater
    }
}
