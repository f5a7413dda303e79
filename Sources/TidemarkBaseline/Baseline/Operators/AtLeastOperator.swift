import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `at-least`: a number or version that is the bound or greater.
struct AtLeastOperator: ExpectationOperator {
    static let name = "at-least"
    static let schema = Bound.schema

    let bound: Bound

    func json(asWritten: Bool) -> JSON { bound.json }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { bound.countOperands }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "at least \(writer.value(bound.json))" }

    func mistake(at place: AttributePlace) -> String? { bound.mistake(at: place, of: Self.name, as: place.measure) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        bound.match(actual, as: comparison.measure(at: pattern), of: Self.name) { $0 != .less }
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension AtLeastOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let bound = Bound(node, reader, mistake: "'at-least' needs a number such as 7.1") else {
            return nil
        }
        self.init(bound: bound)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> AtLeastOperator { self }
}

extension Operator {
    /// Requires a number or version that is `bound` or greater. Nothing can be compared with a `bound` that is neither.
    public static func atLeast(_ bound: String) -> Operator {
        Operator(AtLeastOperator(bound: Bound(text: bound)))
    }
}
