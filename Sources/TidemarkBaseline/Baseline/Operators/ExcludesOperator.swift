import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `excludes`: a list without these elements, or a text without these parts.
struct ExcludesOperator: ExpectationOperator {
    static let name = "excludes"
    static let schema = JSON.reference("value")

    let parts: ExpectedParts

    func json(asWritten: Bool) -> JSON { parts.json(asWritten: asWritten) }
    var templates: [Template] { parts.templates }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "something without \(writer.list(parts.all))" }

    func mistake(at place: AttributePlace) -> String? {
        parts.mistake(at: place, of: Self.name, result: "always holds")
    }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        MatchResult.all(parts.all.map { !ExpectedParts.match($0, in: actual, at: pattern, comparison) })
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? {
        let unexpected =
            actual?.array.map { elements(of: $0, at: pattern, comparison) } ?? partsOfText(actual, comparison)
        return unexpected.isEmpty ? nil : unexpected.map(ElementDifference.unexpected)
    }

    private func elements(of list: [JSON], at pattern: AttributePattern, _ comparison: Comparison) -> [JSON] {
        let inner = pattern.appending(.elements)
        return list.filter { element in parts.all.contains { comparison.match($0, element, inner) == .holds } }
    }

    private func partsOfText(_ actual: JSON?, _ comparison: Comparison) -> [JSON] {
        guard actual?.string != nil else { return [] }
        return parts.all
            .filter { ExpectedParts.match($0, in: actual, at: AttributePattern(), comparison) == .holds }
            .map { $0.json(asWritten: false) }
    }
}

extension ExcludesOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let parts = ExpectedParts(node, reader) else { return nil }
        self.init(parts: parts)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> ExcludesOperator {
        ExcludesOperator(parts: try parts.resolved(by: &evaluator))
    }
}

extension Operator {
    /// Requires a list to have none of these elements, or a text none of these parts.
    public static func excludes(_ parts: [Expected]) -> Operator {
        Operator(ExcludesOperator(parts: ExpectedParts(all: parts)))
    }
}
