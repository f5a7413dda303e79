import StrictJSON

/// A number that compares by its value, whatever its spelling: `1.0` is `1` and `1e3` is `1000`.
package struct DecimalNumber: Hashable {
    private let isNegative: Bool
    /// The digits without zeros at either end; `exponent` is the power of ten of the last.
    private let digits: String
    private let exponent: Int

    /// Nil unless the text is a JSON number.
    package init?(_ text: String) {
        guard JSONNumber(text) != nil else { return nil }
        let parts = text.lowercased().split(separator: "e")
        let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        guard let power = parts.count > 1 ? Int(parts[1]) : 0, (-999_999...999_999).contains(power) else { return nil }
        let all = (mantissa[0] + fraction).drop { $0 == "0" }
        let significant = String(all.reversed().drop { $0 == "0" }.reversed())
        digits = significant
        exponent = significant.isEmpty ? 0 : power - fraction.count + all.count - significant.count
        isNegative = text.hasPrefix("-") && !significant.isEmpty
    }

    var isWhole: Bool { exponent >= 0 }
}

/// A dotted number such as a version, compared part by part: 7.10 is more than 7.9, and 7 is 7.0.
package struct DottedNumber: Comparable {
    private let parts: [Int]

    /// Nil unless every part between the dots is a number.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        // `Int` would accept a sign.
        let numbers = parts.compactMap { part in part.allSatisfy { ("0"..."9").contains($0) } ? Int(part) : nil }
        guard numbers.count == parts.count else { return nil }
        self.parts = numbers.reversed().drop { $0 == 0 }.reversed()
    }

    package static func < (left: DottedNumber, right: DottedNumber) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }
}
