import StrictJSON

/// A number that compares by its value, whatever its spelling: `1.0` is `1` and `1e3` is `1000`.
package struct DecimalNumber: Hashable {
    private let isNegative: Bool
    /// The digits without zeros at either end; `exponent` is the power of ten of the last.
    private let digits: String
    private let exponent: Int

    /// Parses a number; nil unless the text is a JSON number.
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

extension DecimalNumber: Comparable {
    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.isSmaller(than: left) : left.isSmaller(than: right)
    }

    /// Compares without the signs.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return !other.digits.isEmpty }
        let (magnitude, otherMagnitude) = (digits.count + exponent, other.digits.count + other.exponent)
        return magnitude == otherMagnitude ? digits.precedesByUTF8(other.digits) : magnitude < otherMagnitude
    }
}
