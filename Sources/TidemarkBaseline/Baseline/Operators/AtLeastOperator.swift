import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `at-least`: a number or version that is the bound or greater.
struct AtLeastOperator: ExpectationOperator {
    static let name = "at-least"
    static let schema = DottedBound.schema

    let bound: DottedBound

    var json: JSON { bound.json }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { bound.countOperands }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "at least \(writer.value(bound.json))" }

    func mistake(at place: AttributePlace) -> String? { bound.mistake(at: place, of: Self.name) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        bound.match(actual, >=)
    }

    func differences(in list: [JSON], at pattern: AttributePattern, _ comparison: Comparison) -> ListDifference {
        .none
    }
}

extension AtLeastOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let bound = DottedBound(node, reader, mistake: "'at-least' needs a number such as 7.1") else {
            return nil
        }
        self.init(bound: bound)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> AtLeastOperator { self }
}

extension Operator {
    /// Requires a number or version that is `bound` or greater. No value passes if `bound` is not a dotted number.
    public static func atLeast(_ bound: String) -> Operator {
        Operator(AtLeastOperator(bound: DottedBound(text: bound)))
    }
}
