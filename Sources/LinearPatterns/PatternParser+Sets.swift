extension PatternParser {
    /// A class: `[a-z_]`, `[^/]`.
    mutating func set(from start: Int) throws(PatternError) -> ScalarSet {
        var set = ScalarSet(items: [], isNegated: skip("^"), ignoresCase: ignoresCase)
        if next == "]" { throw error("the class is empty: write \\] for a plain ']'", at: start) }
        while !skip("]") {
            if isAtEnd { throw error("'[' is not closed: add ']', or write \\[ for a plain '['", at: start) }
            set.items.append(try range(from: start))
        }
        return set
    }

    /// One scalar, a range of them, or a named group.
    private mutating func range(from start: Int) throws(PatternError) -> ScalarSet.Item {
        let place = index
        let first = try item(from: start)
        guard next == "-", let end = scalar(at: index + 1), end != "]" else { return first }
        if end == "-" { throw unsupportedOperator("-", at: index) }
        advance()
        let last = try item(from: start)
        guard case .range(let low) = first, case .range(let high) = last else {
            throw error("a range needs a character at both ends: write \\- for a plain '-'", at: place)
        }
        guard low.lowerBound <= high.upperBound else { throw error("the range ends before it begins", at: place) }
        return .range(low.lowerBound...high.upperBound)
    }

    private mutating func item(from start: Int) throws(PatternError) -> ScalarSet.Item {
        let place = index
        guard let scalar = next else {
            let fault = isAtEnd ? "'[' is not closed" : "a class cannot contain a reference"
            throw error(fault, at: isAtEnd ? start : place)
        }
        advance()
        if scalar == "\\" { return try escape(from: place) }
        if scalar == "[" { throw error("'[' in a class is not supported: write \\[ for a plain '['", at: place) }
        if "&-~".unicodeScalars.contains(scalar), next == scalar { throw unsupportedOperator(scalar, at: place) }
        return .range(scalar...scalar)
    }

    /// Parses an escape after its backslash.
    mutating func escape(from start: Int) throws(PatternError) -> ScalarSet.Item {
        guard let scalar = next else {
            throw error("there is nothing after '\\' to take literally: write \\\\ for a plain '\\'", at: start)
        }
        advance()
        switch scalar {
        case "d", "D": return .group(.digit, isNegated: scalar == "D")
        case "w", "W": return .group(.word, isNegated: scalar == "W")
        case "s", "S": return .group(.space, isNegated: scalar == "S")
        case "n": return .range("\n"..."\n")
        case "r": return .range("\r"..."\r")
        case "t": return .range("\t"..."\t")
        case "a"..."z", "A"..."Z", "0"..."9": throw unsupportedEscape(of: scalar, at: start)
        default: return .range(scalar...scalar)
        }
    }
}
