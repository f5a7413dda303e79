import StrictJSON

/// A sort key that compares runs of digits as numbers: `v9` before `v10`.
struct NaturalSortKey: Comparable {
    /// The runs of digits and of other characters.
    private let parts: [String]

    init(_ text: String) {
        parts = text.reduce(into: []) { parts, character in
            let isDigit = character.isASCII && character.isNumber
            if let last = parts.last?.last, (last.isASCII && last.isNumber) == isDigit {
                parts[parts.count - 1].append(character)
            } else {
                parts.append(String(character))
            }
        }
    }

    static func < (left: NaturalSortKey, right: NaturalSortKey) -> Bool {
        for (left, right) in zip(left.parts, right.parts) where left != right {
            if let first = UInt64(left), let second = UInt64(right), first != second { return first < second }
            return left.precedesByUTF8(right)
        }
        return left.parts.count < right.parts.count
    }
}
