/// Parses the syntax of patterns, which the README's section on baselines lists.
struct PatternParser {
    private let source: PatternSource
    /// The position of the next element.
    private(set) var index = 0
    /// Whether `(?i)` holds here.
    private(set) var ignoresCase = false
    private var depth = 0

    /// Deeper than any pattern that people write, and shallow enough for the stack.
    private static let depthLimit = 100

    static func parse(_ source: PatternSource) throws(PatternError) -> PatternNode {
        var parser = PatternParser(source)
        let node = try parser.choice()
        if parser.next != nil { throw parser.error("')' closes no group: write \\) for a plain ')'", at: parser.index) }
        return node
    }

    private init(_ source: PatternSource) { self.source = source }

    // MARK: Elements

    /// The next scalar; nil at the end and at a reference.
    var next: Unicode.Scalar? { scalar(at: index) }

    func scalar(at index: Int) -> Unicode.Scalar? {
        guard index < source.elements.count, case .scalar(let scalar) = source.elements[index] else { return nil }
        return scalar
    }

    var isAtEnd: Bool { index == source.elements.count }

    mutating func advance() { index += 1 }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        advance()
        return true
    }

    /// Whether the elements from an index on are these scalars.
    func reads(_ text: String, at index: Int) -> Bool {
        text.unicodeScalars.enumerated().allSatisfy { scalar(at: index + $0) == $1 }
    }

    func error(_ message: String, at index: Int) -> PatternError {
        PatternError(message: message, offset: source.offsets[index])
    }

    // MARK: Nodes

    /// Alternatives, up to the end of the group.
    private mutating func choice() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        var size = 0
        repeat {
            nodes.append(try sequence())
            size += nodes[nodes.count - 1].size + 2
            try check(size, at: index)
        } while skip("|")
        return .choice(nodes)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        var size = 0
        while !isAtEnd, next != "|", next != ")" {
            let start = index
            let node = try repetition(of: try atom())
            size += node.size
            try check(size, at: start)
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let start = index
        guard let scalar = next else { return try value() }
        advance()
        switch scalar {
        case "(": return try group(from: start)
        case "[": return .scalar(try set(from: start))
        case "\\": return .scalar(ScalarSet(items: [try escape(from: start)], ignoresCase: ignoresCase))
        case ".": return .scalar(ScalarSet(items: [.group(.lineBreak, isNegated: false)], isNegated: true))
        case "^": return .start
        case "$": return .end
        case "*", "+", "?", "{":
            throw error(
                "there is nothing before '\(scalar)' to repeat: write \\\(scalar) for a plain '\(scalar)'", at: start)
        default: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternNode {
        .scalar(ScalarSet(items: [.range(scalar...scalar)], ignoresCase: ignoresCase))
    }

    /// The value of a reference, in any of its spellings, each of which matches literally.
    private mutating func value() throws(PatternError) -> PatternNode {
        guard case .value(let spellings) = source.elements[index] else { return .sequence([]) }
        let node = PatternNode.choice(spellings.map { .sequence($0.unicodeScalars.map(literal)) })
        try check(node.size, at: index)
        advance()
        return node
    }

    /// A group, or the flag `(?i)`, which holds until the group around it ends.
    private mutating func group(from start: Int) throws(PatternError) -> PatternNode {
        if reads("(?i)", at: start) {
            index = start + 4
            ignoresCase = true
            return .sequence([])
        }
        if next == "?", !reads("(?:", at: start) { throw unsupportedGroup(at: start) }
        if skip("?") { advance() }
        guard depth < Self.depthLimit else {
            throw error("groups are nested more than \(Self.depthLimit) deep", at: start)
        }
        let outerIgnoresCase = ignoresCase
        depth += 1
        let node = try choice()
        depth -= 1
        ignoresCase = outerIgnoresCase
        guard skip(")") else { throw error("'(' is not closed: add ')', or write \\( for a plain '('", at: start) }
        return node
    }

    func check(_ size: Int, at index: Int) throws(PatternError) {
        guard size > source.sizeLimit else { return }
        throw error(
            "the pattern is too large: with its repetitions written out it has more than \(source.sizeLimit) characters",
            at: min(index, source.elements.count - 1))
    }
}
