import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `includes`: a list with these elements, or a text with these parts.
struct IncludesOperator: ExpectationOperator {
    static let name = "includes"
    static let schema = JSON.reference("value")

    let parts: ExpectedParts

    func json(asWritten: Bool) -> JSON { parts.json(asWritten: asWritten) }
    var templates: [Template] { parts.templates }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "something with \(writer.list(parts.all))" }

    func mistake(at place: AttributePlace) -> String? { parts.mistake(at: place, of: Self.name, result: "never holds") }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        MatchResult.all(parts.all.map { ExpectedParts.match($0, in: actual, at: pattern, comparison) })
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? {
        guard actual.map(ExpectedParts.haveElements) ?? true else { return nil }
        let list = actual ?? .array([])
        let missing = parts.all.filter { ExpectedParts.match($0, in: list, at: pattern, comparison) == .differs }
        return missing.isEmpty ? nil : missing.map(ElementDifference.missing)
    }
}

extension IncludesOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let parts = ExpectedParts(node, reader) else { return nil }
        self.init(parts: parts)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> IncludesOperator {
        IncludesOperator(parts: try parts.resolved(by: &evaluator))
    }
}

extension Operator {
    /// Requires a list to have all these elements, or a text all these parts.
    public static func includes(_ parts: [Expected]) -> Operator {
        Operator(IncludesOperator(parts: ExpectedParts(all: parts)))
    }
}
