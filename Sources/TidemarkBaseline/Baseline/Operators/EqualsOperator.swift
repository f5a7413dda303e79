import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `equals`: the value, in the form of an operator so that it can be combined with others.
struct EqualsOperator: ExpectationOperator {
    static let name = "equals"
    static let schema = JSON.reference("value")

    let expected: Expected

    func json(asWritten: Bool) -> JSON { expected.json(asWritten: asWritten) }
    var templates: [Template] { expected.templates }
    var countOperands: [Expected]? { [expected] }
    var alternatives: [Expected]? { [expected] }

    func words(_ writer: ExpectedWriter) -> String { writer.words(expected) }

    func mistake(at place: AttributePlace) -> String? { place.mistake(in: expected) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        comparison.match(expected, actual, pattern)
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension EqualsOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let expected = reader.read(node) else { return nil }
        self.init(expected: expected)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> EqualsOperator {
        EqualsOperator(expected: try evaluator.resolve(expected))
    }
}

extension Operator {
    /// Requires a value, as the value alone does.
    public static func equals(_ expected: Expected) -> Operator { Operator(EqualsOperator(expected: expected)) }
}
