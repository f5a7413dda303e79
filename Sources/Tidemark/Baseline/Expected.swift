import Yams
import StrictYAML
import StrictJSON

/// What a value should be.
public indirect enum Expected: Sendable {
    case scalar(ExpectedScalar)
    /// What other expectations' resources say; it stands for its own text until they are known.
    case template(Template)
    /// Exactly these elements; in any order, unless the kind declares the list ordered.
    case list([Expected])
    /// The members that are named; others may be what they are.
    case map([(path: AttributePath, expected: Expected)])
    /// All of these must hold.
    case operators([Operator])

    /// Whether no value is expected.
    var isNull: Bool { if case .scalar(let scalar) = self { scalar.isNull } else { false } }
}

/// A scalar as it was written in YAML. What it is compared with decides what it means, so that none of YAML's guesses
/// (`no`, `7.10`, `5432`) can bite.
public struct ExpectedScalar: Sendable, Hashable {
    public let text: String
    public let isQuoted: Bool
    /// Other spellings of the same: a resource is named by its identity in what AWS says, and by its label in facts.
    let aliases: [String]

    public init(_ text: String, isQuoted: Bool = false) {
        self.init(text, isQuoted: isQuoted, aliases: [])
    }

    init(_ text: String, isQuoted: Bool, aliases: [String]) {
        self.text = text
        self.isQuoted = isQuoted
        self.aliases = aliases
    }

    var spellings: [String] { [text] + aliases }

    /// `null`, `~` or nothing, unquoted: the value should not be there.
    public var isNull: Bool { !isQuoted && Node.nullSpellings.contains(text) }

    func holds(of value: JSON?) -> Bool {
        switch value {
        case nil, .null?: isNull
        case .string(let actual)?: spellings.contains(where: actual.isIdenticalText)
        case .bool(let actual)?: (actual ? ["true", "True", "TRUE"] : ["false", "False", "FALSE"]).contains(text)
        case .number(let actual)?:
            DecimalNumber(actual.lexeme).map { $0 == DecimalNumber(text) } ?? (actual.lexeme == text)
        // Nothing in it is as good as nothing there.
        case .array?, .object?: isNull && value?.isNothing == true
        }
    }
}
