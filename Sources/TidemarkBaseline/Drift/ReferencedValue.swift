import LinearPatterns
import StrictJSON
import Tidemark
import TidemarkKinds

/// A value of a reference.
struct ReferencedValue {
    let value: JSON
    /// The labels of the resources whose identity it is: facts name resources by them.
    let labels: [String]

    static func text(_ text: String) -> ReferencedValue { ReferencedValue(value: .string(text), labels: []) }

    var spellings: [String] { (value.scalarText.map { [$0] } ?? []) + labels }

    /// The value as texts of facts spell it: its label, if it has one.
    var named: ReferencedValue {
        guard let label = labels.first, let text = value.scalarText else { return self }
        return ReferencedValue(value: .string(label), labels: [text] + labels.dropFirst())
    }

    /// The concatenation with another value, in every combination of their spellings.
    func appending(_ other: ReferencedValue) -> ReferencedValue {
        let all = spellings.flatMap { start in other.spellings.map { start + $0 } }
        return ReferencedValue(value: .string(all.first ?? ""), labels: Array(all.dropFirst()))
    }

    /// The expected value that takes the place of a template.
    /// - Parameter isOneOfSeveral: Whether the template stands for several values, each of which is named.
    func expected(from template: Template, isOneOfSeveral: Bool) -> Expected {
        guard let text = value.scalarText else { return Expected(value) }
        let written = isOneOfSeveral ? "\(template): \(text)" : template.description
        return .scalar(ExpectedScalar(text, isQuoted: true, aliases: labels, written: written))
    }

    /// The number of bytes of all spellings, and one for each; the sum of all values within a map or a list.
    var size: Int { labels.reduce(value.size) { $0 + $1.utf8.count + 1 } }
}

/// The value of a text with references, or its values if a reference has several.
struct Resolution {
    let elements: [Expected]
    let isList: Bool

    init(_ values: [ReferencedValue], of template: Template, isList: Bool) {
        elements = values.map { $0.expected(from: template, isOneOfSeveral: isList) }
        self.isList = isList
    }

    var value: Expected { isList ? .list(elements) : elements.first ?? .list([]) }
}

/// The texts and patterns that are resolved, and the remaining budget for others.
///
/// A text has a value for every combination of the values and spellings of its references: a short text can have
/// any number of values.
struct Resolutions {
    var texts: [Template: Resolution] = [:]
    var patterns: [Template: Pattern] = [:]
    private var remaining = Self.mostBytes

    /// More bytes than the values of any sensible baseline have.
    private static let mostBytes = 1_000_000

    /// Takes bytes from the budget.
    /// - Throws: `UnresolvedReference` once the budget is exceeded, from then on each time.
    mutating func reserve(_ size: Int) throws(UnresolvedReference) {
        guard size <= remaining else {
            remaining = 0
            throw UnresolvedReference(
                unseen: Unseen(
                    reason: "the texts with references are too large: with every combination of their values they have "
                        + "more than \(Self.mostBytes) bytes"))
        }
        remaining -= size
    }

    /// Takes from the budget the bytes of all combinations of some parts, before they are built.
    mutating func reserve(combining parts: [[ReferencedValue]]) throws(UnresolvedReference) {
        // The number of texts, and the sum of their lengths.
        var (count, length) = (1, 0)
        for part in parts {
            // A map or a list adds nothing to a text.
            let spellings = part.flatMap { $0.spellings.isEmpty ? [""] : $0.spellings }
            length = length * spellings.count + count * spellings.reduce(0) { $0 + $1.utf8.count }
            count *= spellings.count
            // Further multiplication could overflow.
            if count + length > remaining { break }
        }
        try reserve(count + length)
    }
}

extension JSON {
    fileprivate var size: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.size }
        case .object(let object): object.members.reduce(1) { $0 + $1.key.utf8.count + $1.value.size }
        case .null, .bool, .number, .string: (scalarText?.utf8.count ?? 0) + 1
        }
    }
}

extension Expected {
    /// Expects exactly this value.
    fileprivate init(_ value: JSON) {
        switch value {
        case .null: self = .scalar(ExpectedScalar("null"))
        case .array(let elements): self = .list(elements.map(Expected.init))
        case .object(let object):
            self = .map(object.members.map { (AttributePath([.member($0.key)]), Expected($0.value)) })
        case .string, .number, .bool: self = .scalar(ExpectedScalar(value.scalarText ?? "", isQuoted: true))
        }
    }
}
