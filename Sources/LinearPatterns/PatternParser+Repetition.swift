extension PatternParser {
    /// The largest bound.
    private static let countLimit = 1_000

    /// An atom with the quantifier that follows it, if there is one.
    mutating func repetition(of node: PatternNode) throws(PatternError) -> PatternNode {
        let start = index
        guard let (least, most) = try quantifier() else { return node }
        if let next, "*+?{".unicodeScalars.contains(next) { throw unsupportedQuantifier(from: start) }
        let repeated = PatternNode.repeated(node, least, most)
        try check(repeated.size, at: start)
        return repeated
    }

    private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
        if skip("*") { return (0, nil) }
        if skip("+") { return (1, nil) }
        if skip("?") { return (0, 1) }
        return next == "{" ? try bounds() : nil
    }

    /// `{n}`, `{n,}` or `{n,m}`.
    private mutating func bounds() throws(PatternError) -> (least: Int, most: Int?) {
        let start = index
        advance()
        let least = try count(from: start)
        let isRange = skip(",")
        let most = isRange ? try count(from: start) : least
        guard let least, skip("}") else {
            throw error("'{' does not start a repetition: write {2}, {2,} or {2,5}, or \\{ for a plain '{'", at: start)
        }
        if let most, most < least { throw error("{\(least),\(most)} ends before it begins", at: start) }
        return (least, most)
    }

    /// Nil without a digit.
    private mutating func count(from start: Int) throws(PatternError) -> Int? {
        var count: Int?
        while let digit = next, ("0"..."9").contains(digit) {
            count = (count ?? 0) * 10 + Int(digit.value - 0x30)
            if let count, count > Self.countLimit {
                throw error("a repetition counts to \(Self.countLimit) at most", at: start)
            }
            advance()
        }
        return count
    }
}
