import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// The operand of `includes` and `excludes`: elements of a list, or parts of a text.
struct ExpectedParts: Sendable {
    let all: [Expected]

    func json(asWritten: Bool) -> JSON { .array(all.map { $0.json(asWritten: asWritten) }) }
    var templates: [Template] { all.flatMap(\.templates) }

    /// Whether a list has such an element, or a text such a part.
    static func match(
        _ part: Expected, in actual: JSON?, at pattern: AttributePattern, _ comparison: Comparison
    ) -> MatchResult {
        switch actual {
        case Redacted.value?: return .redacted
        case .array(let values)?:
            return MatchResult.any(values.map { comparison.match(part, $0, pattern.appending(.elements)) })
        case .string(let text)?:
            guard case .scalar(let scalar) = part else { return .differs }
            if text.contains(scalar.text) { return .holds }
            // The part of the text that was redacted may contain it.
            return Redacted.isPart(of: text) ? .redacted : .differs
        default: return .differs
        }
    }

    /// Whether a value is a list or a text that can be known by its parts.
    static func haveElements(_ actual: JSON) -> Bool {
        switch actual {
        case .array, .string, .null: actual != Redacted.value
        case .object, .number, .bool: false
        }
    }

    func mistake(at place: AttributePlace, of name: String, result: String) -> String? {
        if let refusal = place.refusal(of: name, result: result, unless: Self.canBePart) { return refusal }
        // Any text can be a part of a text, whatever the type of the whole.
        if place.shape?.isScalar == true { return nil }
        return all.lazy.compactMap { place.elements.mistake(in: $0) }.first
    }

    private static func canBePart(of shape: AttributeShape) -> Bool {
        switch shape {
        case .list, .scalar, .value(.text), .value(.version), .value(.time): true
        case .structure, .map, .value(.integer), .value(.number), .value(.boolean): false
        }
    }
}

extension ExpectedParts {
    init?(_ node: Node, _ reader: ExpectedReader) {
        guard let parts = reader.readList(node) else { return nil }
        self.init(all: parts)
    }

    func resolved(by evaluator: inout BaselineEvaluator) throws(UnresolvedReference) -> ExpectedParts {
        ExpectedParts(all: try evaluator.resolve(all))
    }
}
