import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `not`: any value but this one.
struct NotOperator: ExpectationOperator {
    static let name = "not"
    static let schema = JSON.reference("value")

    let expected: Expected

    func json(asWritten: Bool) -> JSON { expected.json(asWritten: asWritten) }
    var templates: [Template] { expected.templates }
    var countOperands: [Expected]? { [expected] }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "anything but \(writer.words(expected))" }

    func mistake(at place: AttributePlace) -> String? { place.mistake(in: expected) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        !comparison.match(expected, actual, pattern)
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension NotOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let expected = reader.read(node) else { return nil }
        self.init(expected: expected)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> NotOperator {
        NotOperator(expected: try evaluator.resolve(expected))
    }
}

extension Operator {
    /// Requires any value but this one; an absent value passes too.
    public static func not(_ expected: Expected) -> Operator { Operator(NotOperator(expected: expected)) }
}
