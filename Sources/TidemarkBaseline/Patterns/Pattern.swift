/// A regular expression that matches the whole of a text.
///
/// It is matched in time proportional to the pattern times the text, whatever is in either. What cannot be matched in
/// this way, such as backreferences and lookaround, is refused.
public struct Pattern: Sendable {
    /// As it was written, references included.
    public let text: String
    /// Set while the pattern refers to other resources; until their values are in it, it matches nothing.
    let template: Template?
    private let program: PatternProgram
    /// With its repetitions and classes written out: no fewer than its instructions, and in proportion to the time that a
    /// match takes.
    let writtenOutSize: Int

    /// - Throws: What the pattern has that is not supported.
    public init(_ text: String) throws(PatternError) {
        try self.init(text, template: nil, PatternSource(text))
    }

    init(_ template: Template) throws(PatternError) {
        let reference = template.references.isEmpty ? nil : template
        try self.init(template.description, template: reference, PatternSource(template))
    }

    /// The pattern of a template, each reference of which stands for one of its values, literally.
    init(_ template: Template, values: [[String]]) throws(PatternError) {
        try self.init(template.description, template: nil, PatternSource(template, values: values))
    }

    private init(_ text: String, template: Template?, _ source: PatternSource) throws(PatternError) {
        self.text = text
        self.template = template
        let node = try PatternParser.parse(source)
        writtenOutSize = node.size
        program = PatternProgram(node)
    }

    /// Whether it matches the whole of a text.
    public func matches(_ text: String) -> Bool {
        var matcher = PatternMatcher(program)
        return matcher.matches(text)
    }

    /// How many instructions it was compiled to.
    var size: Int { program.instructions.count }

    /// How many instructions a match looks at, for tests: time depends on the machine.
    func steps(on text: String) -> Int {
        var matcher = PatternMatcher(program)
        _ = matcher.matches(text)
        return matcher.steps
    }
}

/// What a pattern has that is not supported.
public struct PatternError: Error, Sendable, Hashable {
    /// What is wrong and what to write instead, in one line.
    public let message: String
    /// The number of scalars of the written pattern before it.
    public let offset: Int
}
