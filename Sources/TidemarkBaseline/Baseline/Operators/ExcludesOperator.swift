import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// `excludes`: a list without these elements, or a text without these parts. A line of a fact is also excluded if it contains
/// one of them by meaning, as a wider rule of a security group does.
struct ExcludesOperator: ExpectationOperator {
    static let name = "excludes"
    static let schema = JSON.reference("value")

    let parts: ExpectedParts

    func json(asWritten: Bool) -> JSON { parts.json(asWritten: asWritten) }
    var templates: [Template] { parts.templates }
    var countOperands: [Expected]? { nil }
    var alternatives: [Expected]? { nil }

    func words(_ writer: ExpectedWriter) -> String { "something without \(writer.list(parts.all))" }

    func mistake(at place: AttributePlace) -> String? {
        parts.mistake(at: place, of: Self.name, result: "always holds")
            ?? place.meaning.flatMap { meaning in
                parts.all.lazy.compactMap(\.plainText?.string).compactMap(meaning.mistake).first
            }
    }

    func match(_ actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison) -> MatchResult {
        MatchResult.all(
            parts.all.map { part in
                switch comparison.lines(containing: part, at: pattern) {
                case .seen(let lines)?: MatchResult(lines.isEmpty)
                case .unseen(let reason)?: .incomparable(reason)
                case nil: !ExpectedParts.match(part, in: actual, at: pattern, comparison)
                }
            })
    }

    func elementDifferences(
        in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference]? {
        let found = actual?.array.map { elements(of: $0, at: pattern, comparison) } ?? partsOfText(actual, comparison)
        return found.isEmpty ? nil : found
    }

    /// The elements that a part means, or that contain it by meaning.
    private func elements(
        of list: [JSON], at pattern: AttributePattern, _ comparison: Comparison
    ) -> [ElementDifference] {
        let inner = pattern.appending(.elements)
        var found: Set<JSON> = []
        var undecided: [ElementDifference] = []
        for part in parts.all {
            switch comparison.lines(containing: part, at: pattern) {
            case .seen(let lines)?: found.formUnion(lines.map(JSON.string))
            case .unseen(let reason)?: undecided.append(.undecided(reason))
            case nil: found.formUnion(list.filter { comparison.match(part, $0, inner) == .holds })
            }
        }
        return list.filter(found.contains).map(ElementDifference.unexpected) + undecided
    }

    private func partsOfText(_ actual: JSON?, _ comparison: Comparison) -> [ElementDifference] {
        guard actual?.string != nil else { return [] }
        return parts.all
            .filter { ExpectedParts.match($0, in: actual, at: AttributePattern(), comparison) == .holds }
            .map { .unexpected($0.json(asWritten: false)) }
    }
}

extension ExcludesOperator {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let parts = ExpectedParts(node, reader) else { return nil }
        self.init(parts: parts)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> ExcludesOperator {
        ExcludesOperator(parts: try parts.resolved(by: &evaluator))
    }
}

extension Operator {
    /// Requires a list to have none of these elements, or a text none of these parts.
    public static func excludes(_ parts: [Expected]) -> Operator {
        Operator(ExcludesOperator(parts: ExpectedParts(all: parts)))
    }
}
