import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// All knowledge about one operator of the baseline language.
///
/// No requirement has a default implementation: an operator that lacks a part does not compile.
protocol ExpectationOperator: Sendable {
    /// The operator's key in a baseline, such as `at-least`.
    static var name: String { get }

    /// The JSON Schema of the operand.
    static var schema: JSON { get }

    /// Parses the operand. Nil if it has a mistake, which the reader has collected.
    init?(_ node: Node, _ reader: ExpectedReader)

    /// The operand in JSON, with the values of its references, or with the references as the baseline states them.
    func json(asWritten: Bool) -> JSON

    /// The phrase that follows `should be`.
    func words(_ writer: ExpectedWriter) -> String

    /// The reason why the operator is meaningless at a place, or nil.
    func mistake(at place: AttributePlace) -> String?

    /// The texts in the operand that refer to other expectations.
    var templates: [Template] { get }

    /// The operator with the values of its references.
    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> Self

    /// Compares the operand with a value in AWS.
    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult

    /// The elements of a list, or the parts of a text, that make it differ. Nil where the value holds or differs as a whole.
    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]?

    /// The numbers that the operator compares a count of resources with. Nil for an operator that does not apply to a count.
    var countOperands: [Expected]? { get }

    /// The values of which one must be equal, where the operator means exactly that; nil for any other.
    var alternatives: [Expected]? { get }
}
