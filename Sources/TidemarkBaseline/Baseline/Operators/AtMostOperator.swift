import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `at-most`: a number or version that is the bound or smaller.
struct AtMostOperator: ExpectationOperator {
    static let name = "at-most"
    static let schema = Bound.schema

    let bound: Bound

    func json(asWritten: Bool) -> JSON { bound.json }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { bound.countOperands }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "at most \(writer.value(bound.json))" }

    func mistake(at place: AttributePlace) -> String? { bound.mistake(at: place, of: Self.name, as: place.measure) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        bound.match(actual, as: comparison.measure(at: pattern), of: Self.name) { $0 != .greater }
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension AtMostOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let bound = Bound(node, reader, mistake: "'at-most' needs a number such as 7.1") else { return nil }
        self.init(bound: bound)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> AtMostOperator { self }
}

extension Operator {
    /// Requires a number or version that is `bound` or smaller. Nothing can be compared with a `bound` that is neither.
    public static func atMost(_ bound: String) -> Operator { Operator(AtMostOperator(bound: Bound(text: bound))) }
}
