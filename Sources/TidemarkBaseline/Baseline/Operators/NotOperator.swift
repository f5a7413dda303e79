import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `not`: any value but this one.
struct NotOperator: ExpectationOperator {
    static let name = "not"
    static let schema = JSON.reference("value")

    let expected: Expected

    var json: JSON { expected.json }
    var templates: [Template] { expected.templates }
    var countOperands: [Expected]? { [expected] }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "anything but \(writer.words(expected))" }

    func mistake(at place: AttributePlace) -> String? { place.mistake(in: expected) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        !comparison.match(expected, actual, pattern)
    }

    func differences(in list: [JSON], at pattern: AttributePattern, _ comparison: Comparison) -> ListDifference {
        .none
    }
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
