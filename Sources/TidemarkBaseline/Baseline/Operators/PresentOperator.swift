import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `present`: any value, or none.
struct PresentOperator: ExpectationOperator {
    static let name = "present"
    static let schema = JSON.reference("flag")

    let isPresent: Bool

    func json(asWritten: Bool) -> JSON { .bool(isPresent) }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { isPresent ? "there" : "absent" }

    func mistake(at place: AttributePlace) -> String? { nil }

    /// A redacted value is present: only its content is unknown.
    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        MatchResult(isPresent == (actual?.isNothing == false))
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension PresentOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        switch node.scalar?.string {
        case "true": self.init(isPresent: true)
        case "false": self.init(isPresent: false)
        default:
            reader.collector.add("'present' is true or false", at: node)
            return nil
        }
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> PresentOperator { self }
}

extension Operator {
    /// Requires any value, or none; an empty list or map is none.
    public static func present(_ isPresent: Bool) -> Operator { Operator(PresentOperator(isPresent: isPresent)) }
}
