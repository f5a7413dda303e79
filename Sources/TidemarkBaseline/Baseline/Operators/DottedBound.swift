import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// A bound for dotted numbers, which are compared part by part: 7.10 is more than 7.9.
struct DottedBound: Sendable {
    let text: String

    static let schema: JSON = ["type": ["number", "string"], "pattern": "^[0-9]+(\\.[0-9]+)*$"]

    var json: JSON { .string(text) }

    /// The whole number that a count of resources is compared with; none for a fraction.
    var countOperands: [Expected] { Int(text) == nil ? [] : [.scalar(ExpectedScalar(text))] }

    /// - Parameter isWithin: Compares the value in AWS with the bound.
    func match(_ actual: JSON?, _ isWithin: (DottedNumber, DottedNumber) -> Bool) -> MatchResult {
        if actual == Redacted.value { return .redacted }
        guard let value = actual?.scalarText.flatMap(DottedNumber.init), let bound = DottedNumber(text) else {
            return .differs
        }
        return MatchResult(isWithin(value, bound))
    }

    func mistake(at place: AttributePlace, of name: String) -> String? {
        place.refusal(of: name, result: "never holds", unless: Self.canBound)
    }

    private static func canBound(_ shape: AttributeShape) -> Bool {
        switch shape {
        case .scalar, .value(.text), .value(.integer), .value(.number): true
        case .structure, .list, .map, .value(.boolean), .value(.time): false
        }
    }
}

extension DottedBound {
    /// - Parameter mistake: The message for an operand that is not a dotted number.
    init?(_ node: Node, _ reader: ExpectedReader, mistake: String) {
        guard let text = node.scalar?.string, DottedNumber(text) != nil else {
            reader.collector.add(mistake, at: node)
            return nil
        }
        self.init(text: text)
    }
}
