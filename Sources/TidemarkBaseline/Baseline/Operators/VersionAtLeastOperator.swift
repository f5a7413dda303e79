import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `version-at-least`: a version whose leading numbers are the bound or later.
struct VersionAtLeastOperator: ExpectationOperator {
    static let name = "version-at-least"
    static let schema = Bound.schema

    let bound: Bound

    func json(asWritten: Bool) -> JSON { bound.json }
    var templates: [Template] { [] }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "version \(writer.value(bound.json)) or later" }

    func mistake(at place: AttributePlace) -> String? { bound.mistake(at: place, of: Self.name, as: .version) }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        bound.match(actual, as: .version, of: Self.name) { $0 != .less }
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? { nil }
}

extension VersionAtLeastOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let bound = Bound(version: node, reader, mistake: "'version-at-least' needs a version such as 16.10")
        else {
            return nil
        }
        self.init(bound: bound)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> VersionAtLeastOperator { self }
}

extension Operator {
    /// Requires a version that is `bound` or later. Nothing can be compared with a `bound` that is not a version.
    public static func versionAtLeast(_ bound: String) -> Operator {
        Operator(VersionAtLeastOperator(bound: Bound(text: bound)))
    }
}
