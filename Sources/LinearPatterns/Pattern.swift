/// A regular expression that matches the whole of a text.
///
/// A match takes time proportional to the size of the pattern times the length of the text, whatever they contain. Syntax
/// that cannot be matched in this way, such as backreferences and lookaround, is refused.
public struct Pattern: Sendable {
    /// The pattern as written.
    public let text: String
    private let program: PatternProgram
    /// The size with repetitions and classes written out: at least the number of instructions, and proportional to the time
    /// of a match.
    package let writtenOutSize: Int

    /// Compiles a pattern.
    /// - Throws: `PatternError` for syntax that is invalid or not supported.
    public init(_ text: String) throws(PatternError) {
        try self.init(text, PatternSource([.text(text, offset: 0)], isResolved: false))
    }

    /// Compiles a pattern with parts that match literally.
    /// - Throws: `PatternError` for syntax that is invalid or not supported.
    package init(_ text: String, _ source: PatternSource) throws(PatternError) {
        self.text = text
        let node = try PatternParser.parse(source)
        writtenOutSize = node.size
        program = PatternProgram(node)
    }

    /// Whether the pattern matches the whole text.
    public func matches(_ text: String) -> Bool {
        var matcher = PatternMatcher(program)
        return matcher.matches(text)
    }

    /// The number of instructions.
    var size: Int { program.instructions.count }

    /// The number of instructions that a match visits, for tests: time depends on the machine.
    func steps(on text: String) -> Int {
        var matcher = PatternMatcher(program)
        _ = matcher.matches(text)
        return matcher.steps
    }
}

/// A mistake in a pattern: syntax that is invalid or not supported.
public struct PatternError: Error, Sendable, Hashable {
    /// The mistake and what to write instead, in one line.
    public let message: String
    /// The number of Unicode scalars of the written pattern before the mistake.
    public let offset: Int
}
