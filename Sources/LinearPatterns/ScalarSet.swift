/// The scalars that one place of a pattern accepts: a literal, a class such as `[a-z_]`, or `.`.
struct ScalarSet: Sendable {
    enum Item: Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case group(ScalarGroup, isNegated: Bool)
    }

    var items: [Item]
    var isNegated = false
    var ignoresCase = false

    /// The number of comparisons that a lookup takes.
    var size: Int { max(1, items.count) }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed = lists(scalar) || ignoresCase && scalar.caseVariants.contains(where: lists)
        return isListed != isNegated
    }

    private func lists(_ scalar: Unicode.Scalar) -> Bool {
        items.contains { item in
            switch item {
            case .range(let range): range.contains(scalar)
            case .group(let group, let isNegated): group.contains(scalar) != isNegated
            }
        }
    }
}

/// A group of scalars with a short name in patterns.
enum ScalarGroup {
    /// `\d`.
    case digit
    /// `\w`: letters, marks, digits and connectors such as `_`.
    case word
    /// `\s`.
    case space
    /// The line breaks, which `.` does not match.
    case lineBreak

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch self {
        case .digit: return properties.generalCategory == .decimalNumber
        case .space: return properties.isWhitespace
        case .lineBreak: return (0x0A...0x0D).contains(scalar.value) || [0x85, 0x2028, 0x2029].contains(scalar.value)
        case .word:
            let others: Set<Unicode.GeneralCategory> = [
                .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark,
            ]
            return properties.isAlphabetic || properties.isJoinControl || others.contains(properties.generalCategory)
        }
    }
}

extension Unicode.Scalar {
    /// The scalar in the other case, if that is a single scalar.
    fileprivate var caseVariants: [Unicode.Scalar] {
        [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { text in
            let scalars = text.unicodeScalars
            return scalars.count == 1 ? scalars.first : nil
        }
    }
}
