import StrictJSON
import StrictYAML
import TidemarkKinds
import Yams

/// An expected value, or a test of one.
public indirect enum Expected: Sendable {
    case scalar(ExpectedScalar)
    /// A text with references to other expectations. It matches its own text until they are resolved.
    case template(Template)
    /// A list of exactly these elements, in any order unless the kind declares the list ordered.
    case list([Expected])
    /// A map with these members; others can have any value.
    case map([(path: AttributePath, expected: Expected)])
    /// Operators, all of which must hold.
    case operators([Operator])

    /// Whether no value is expected.
    var isNull: Bool { if case .scalar(let scalar) = self { scalar.isNull } else { false } }
}

/// A scalar as it is written in YAML.
///
/// The value that it is compared with decides its type, so that YAML's guesses (`no`, `7.10`, `5432`) do no harm.
public struct ExpectedScalar: Sendable, Hashable {
    package let text: String
    package let isQuoted: Bool
    /// Other spellings of the same value: descriptions name a resource by its identity, and facts by its label.
    let aliases: [String]
    /// The text as the baseline states it, with its references.
    let written: String

    package init(_ text: String, isQuoted: Bool = false) {
        self.init(text, isQuoted: isQuoted, aliases: [], written: text)
    }

    init(_ text: String, isQuoted: Bool, aliases: [String], written: String) {
        self.text = text
        self.isQuoted = isQuoted
        self.aliases = aliases
        self.written = written
    }

    var spellings: [String] { [text] + aliases }

    /// Whether no value is expected: `null`, `~` or nothing, unquoted.
    public var isNull: Bool { !isQuoted && Node.nullSpellings.contains(text) }

    func holds(of value: JSON?) -> Bool {
        switch value {
        case nil, .null?: isNull
        case .string(let actual)?: spellings.contains(where: actual.isIdenticalText)
        case .bool(let actual)?: (actual ? ["true", "True", "TRUE"] : ["false", "False", "FALSE"]).contains(text)
        case .number(let actual)?:
            DecimalNumber(actual.lexeme).map { $0 == DecimalNumber(text) } ?? (actual.lexeme == text)
        // An empty list or map is the same as an absent one.
        case .array?, .object?: isNull && value?.isNothing == true
        }
    }
}
