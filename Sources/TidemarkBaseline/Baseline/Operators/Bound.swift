import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// The bound of an operator that compares numbers or versions.
///
/// Numbers are decimals, also where AWS writes them as text: 0.5 is more than 0.45. Versions compare part by part: 16.10 is
/// later than 16.3.
struct Bound: Sendable {
    let text: String

    static let schema: JSON = [
        "type": ["number", "string"], "pattern": "^-?[0-9]+(\\.[0-9]+)*([eE][+-]?[0-9]+)?$",
    ]

    var json: JSON { .string(text) }

    /// The whole number that a count of resources is compared with; none for a fraction.
    var countOperands: [Expected] { Int(text) == nil ? [] : [.scalar(ExpectedScalar(text))] }

    /// What the two numbers of a comparison are.
    enum Measure {
        case number, version
    }

    /// - Parameter isWithin: Whether a value in that order to the bound is as expected.
    func match(
        _ actual: JSON?, as measure: Measure, of name: String, isWithin: (ValueOrder) -> Bool
    ) -> MatchResult {
        if actual == Redacted.value { return .redacted }
        guard let actual, !actual.isNothing else { return .differs }
        if let order = actual.scalarText.flatMap({ order(of: $0, as: measure) }) { return MatchResult(isWithin(order)) }
        return MatchResult.agreed((actual.array ?? []).map { match($0, as: measure, of: name, isWithin: isWithin) })
            ?? .incomparable(reason(for: actual, as: measure, of: name))
    }

    private func order(of value: String, as measure: Measure) -> ValueOrder? {
        switch measure {
        case .number: DecimalNumber(value).flatMap { value in DecimalNumber(text).map { ValueOrder(value, $0) } }
        case .version:
            VersionNumber(leading: value).flatMap { value in VersionNumber(text).flatMap { value.order(to: $0) } }
        }
    }

    private func reason(for actual: JSON, as measure: Measure, of name: String) -> Unseen {
        let value = actual.scalarText ?? actual.canonical
        let isVersion = measure == .number && VersionNumber(leading: value) != nil && VersionNumber(text) != nil
        return Unseen(
            reason: "'\(value.printable)' cannot be compared with \(name) \(text.printable)",
            remedy: isVersion ? "use 'version-\(name)' if it is a version" : nil)
    }
}

/// Mistakes.
extension Bound {
    func mistake(at place: AttributePlace, of name: String, as measure: Measure) -> String? {
        if let refusal = place.refusal(of: name, result: "never holds", unless: Self.canBound) { return refusal }
        switch measure {
        case .number where DecimalNumber(text) == nil:
            return "'\(name)' needs a number here, and '\(text)' is a version: use 'version-\(name)'"
        case .version where VersionNumber(text) == nil:
            return "'\(name)' needs a version such as 16.10 here, and not '\(text)'"
        case .number, .version: return nil
        }
    }

    private static func canBound(_ shape: AttributeShape) -> Bool {
        switch shape {
        case .scalar, .value(.text), .value(.integer), .value(.number), .value(.version): true
        case .structure, .list, .map, .value(.boolean), .value(.time): false
        }
    }
}

extension Bound {
    /// - Parameter mistake: The message for an operand that is neither.
    init?(_ node: Node, _ reader: ExpectedReader, mistake: String) {
        guard let text = node.scalar?.string, DecimalNumber(text) != nil || VersionNumber(text) != nil else {
            reader.collector.add(mistake, at: node)
            return nil
        }
        self.init(text: text)
    }

    /// - Parameter mistake: The message for an operand that is not a version.
    init?(version node: Node, _ reader: ExpectedReader, mistake: String) {
        guard let text = node.scalar?.string, VersionNumber(text) != nil else {
            reader.collector.add(mistake, at: node)
            return nil
        }
        self.init(text: text)
    }
}

extension AttributePlace {
    /// What a bound compares here.
    var measure: Bound.Measure { shape == .value(.version) ? .version : .number }
}
