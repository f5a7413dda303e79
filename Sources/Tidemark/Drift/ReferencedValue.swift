import StrictJSON

/// A value that a reference stands for.
struct ReferencedValue {
    let value: JSON
    /// How facts name the resources of which it is the identity.
    let labels: [String]

    static func text(_ text: String) -> ReferencedValue { ReferencedValue(value: .string(text), labels: []) }

    var spellings: [String] { (value.scalarText.map { [$0] } ?? []) + labels }

    /// As it stands in a sentence: by its label, where it has one.
    var named: ReferencedValue {
        guard let label = labels.first, let text = value.scalarText else { return self }
        return ReferencedValue(value: .string(label), labels: [text] + labels.dropFirst())
    }

    /// One text after the other, in each spelling of either.
    func appending(_ other: ReferencedValue) -> ReferencedValue {
        let all = spellings.flatMap { start in other.spellings.map { start + $0 } }
        return ReferencedValue(value: .string(all.first ?? ""), labels: Array(all.dropFirst()))
    }

    var expected: Expected {
        guard let text = value.scalarText else { return Expected(value) }
        return .scalar(ExpectedScalar(text, isQuoted: true, aliases: labels))
    }

    /// How many bytes its spellings have, and one for each; of a map or a list, those of everything in it.
    var size: Int { labels.reduce(value.size) { $0 + $1.utf8.count + 1 } }
}

/// What a text with references stands for: one value, or one for each value of what it refers to.
struct Resolution {
    let elements: [Expected]
    let isList: Bool

    var value: Expected { isList ? .list(elements) : elements.first ?? .list([]) }
}

/// What the texts and patterns with references stand for, each resolved once, and how much more they may stand for.
///
/// A text stands for every combination of the values and spellings of its references, so that a short one can be without
/// end.
struct Resolutions {
    var texts: [Template: Resolution] = [:]
    var patterns: [Template: Pattern] = [:]
    private var left = Self.mostBytes

    /// More than the texts of any baseline stand for that is meant.
    private static let mostBytes = 1_000_000

    /// - Throws: Where what is resolved would be too large in all; from then on nothing is resolved any more.
    mutating func take(_ size: Int) throws(UnresolvedReference) {
        guard size <= left else {
            left = 0
            throw UnresolvedReference(
                unseen: Unseen(
                    reason: "the texts with references are too large: with every combination of their values they have "
                        + "more than \(Self.mostBytes) bytes"))
        }
        left -= size
    }

    /// Takes what the combinations of some parts need, before they are made.
    mutating func take(combining parts: [[ReferencedValue]]) throws(UnresolvedReference) {
        // How many texts there are, and how long they are together.
        var (count, length) = (1, 0)
        for part in parts {
            // A map or a list has no spelling, and adds nothing to a text.
            let spellings = part.flatMap { $0.spellings.isEmpty ? [""] : $0.spellings }
            length = length * spellings.count + count * spellings.reduce(0) { $0 + $1.utf8.count }
            count *= spellings.count
            // What is too large already is not multiplied further.
            if count + length > left { break }
        }
        try take(count + length)
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
    /// Exactly this value.
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
