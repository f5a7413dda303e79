import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `version-at-least`: a dotted version that is the bound or later. A value that is not a version differs.
struct VersionAtLeastOperator: ExpectationOperator {
    static let name = "version-at-least"
    static let schema = DottedBound.schema

    let bound: DottedBound

    var json: JSON { bound.json }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "a dotted version of \(writer.value(bound.json)) or later" }

    func mistake(at place: AttributePlace) -> String? { bound.mistake(at: place, of: Self.name) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        bound.match(actual, >=)
    }

    func differences(in list: [JSON], at pattern: AttributePattern, _ comparison: Comparison) -> ListDifference {
        .none
    }
}

extension VersionAtLeastOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let bound = DottedBound(node, reader, mistake: "'version-at-least' needs a version such as 16.10") else {
            return nil
        }
        self.init(bound: bound)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> VersionAtLeastOperator { self }
}

extension Operator {
    /// Requires a dotted version that is `bound` or later. No value passes if `bound` is not a dotted version.
    public static func versionAtLeast(_ bound: String) -> Operator {
        Operator(VersionAtLeastOperator(bound: DottedBound(text: bound)))
    }
}
