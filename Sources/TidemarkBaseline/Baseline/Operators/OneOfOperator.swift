import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `one-of`: one of several values.
struct OneOfOperator: ExpectationOperator {
    static let name = "one-of"
    static let schema = JSON.reference("value")

    let choices: [Expected]

    func json(asWritten: Bool) -> JSON { .array(choices.map { $0.json(asWritten: asWritten) }) }
    var templates: [Template] { choices.flatMap(\.templates) }
    var countOperands: [Expected]? { choices }
    var alternatives: [Expected]? { choices }

    func words(_ writer: ExpectedWriter) -> String { "one of \(writer.list(choices))" }

    func mistake(at place: AttributePlace) -> String? {
        choices.lazy.compactMap { place.mistake(in: $0) }.first
    }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        MatchResult.any(choices.map { comparison.match($0, actual, pattern) })
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension OneOfOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let choices = reader.readList(node) else { return nil }
        self.init(choices: choices)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> OneOfOperator {
        OneOfOperator(choices: try evaluator.resolve(choices))
    }
}

extension Operator {
    /// Requires one of several values.
    public static func oneOf(_ choices: [Expected]) -> Operator { Operator(OneOfOperator(choices: choices)) }
}
