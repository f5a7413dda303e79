import LinearPatterns
import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// `matches`: a regular expression that matches the whole text.
struct MatchesOperator: ExpectationOperator {
    static let name = "matches"
    static let schema: JSON = ["type": ["string", "number", "boolean"]]

    let pattern: Pattern
    /// The text of the pattern while its references are unresolved: until then it matches nothing. Nil without references.
    let template: Template?

    func json(asWritten: Bool) -> JSON { .string(pattern.text) }
    var templates: [Template] { template.map { [$0] } ?? [] }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "something that matches \(writer.value(.string(pattern.text)))" }

    func mistake(at place: AttributePlace) -> String? {
        place.refusal(of: Self.name, result: "never holds", unless: \.isScalar)
    }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        if actual == Redacted.value { return .redacted }
        guard let actual, !actual.isNothing else { return .differs }
        if let text = actual.scalarText { return MatchResult(self.pattern.matches(text)) }
        return MatchResult.agreed((actual.array ?? []).map { match($0, at: pattern, comparison) })
            ?? .incomparable(Unseen(reason: "'\(actual.canonical.printable)' is not a text that 'matches' can test"))
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension MatchesOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        let collector = reader.collector
        guard let scalar = node.scalar else {
            collector.add("'matches' needs a regular expression", at: node)
            return nil
        }
        guard collector.hasRoomForPatterns, let template = reader.template(scalar.string, node) else { return nil }
        do throws(PatternError) {
            let pattern = try Pattern(template.description, PatternSource(template))
            guard collector.countPattern(ofSize: pattern.writtenOutSize, at: node) else { return nil }
            self.init(pattern: pattern, template: template.references.isEmpty ? nil : template)
        } catch {
            collector.add("invalid regular expression: \(error.message.printable)", at: node, offset: error.offset)
            return nil
        }
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> MatchesOperator {
        guard let template else { return self }
        return MatchesOperator(pattern: try evaluator.pattern(of: template), template: nil)
    }
}

extension BaselineEvaluator {
    /// A regular expression with the values of its references, each of which matches itself literally.
    fileprivate mutating func pattern(of template: Template) throws(UnresolvedReference) -> Pattern {
        if let known = resolutions.patterns[template] { return known }
        var found: [[String]] = []
        for reference in template.references {
            found.append(try values(of: reference, in: template).elements.flatMap(\.spellings))
        }
        // A pattern that exceeds the budget is not compiled.
        try resolutions.reserve(found.joined().reduce(1) { $0 + $1.utf8.count })
        let resolved: Pattern
        do throws(PatternError) {
            resolved = try Pattern(template.description, PatternSource(template, values: found))
        } catch {
            let reason = "'matches' cannot be evaluated with the values of its references: \(error.message)"
            throw UnresolvedReference(unseen: Unseen(reason: reason))
        }
        try resolutions.reserve(resolved.writtenOutSize)
        resolutions.patterns[template] = resolved
        return resolved
    }
}

extension Operator {
    /// Requires a text that the whole pattern matches.
    public static func matches(_ pattern: Pattern) -> Operator {
        Operator(MatchesOperator(pattern: pattern, template: nil))
    }
}

extension PatternSource {
    /// The parts of a template, in which each reference matches any of its values, literally.
    /// - Parameter values: The spellings of each reference, in order; nil while they are unknown.
    init(_ template: Template, values: [[String]]? = nil) {
        var remaining = (values ?? [])[...]
        let parts = zip(template.parts, template.offsets).map { part, offset -> Part in
            switch part {
            case .text(let text): .text(text, offset: offset)
            case .reference: .value(remaining.popFirst() ?? [], offset: offset)
            }
        }
        self.init(parts, isResolved: values != nil)
    }
}
