import MessageDigests

/// A value in a row of a query, in SQLite's types.
public enum QueryValue: Sendable, Hashable {
    /// SQL's NULL.
    case null
    /// An integer.
    case integer(Int64)
    /// A floating-point number, which may be infinite.
    case real(Double)
    /// A text.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// The value as a text: a number as JSON spells it, bytes in hexadecimal; nil for null.
    public var text: String? {
        switch self {
        case .null: nil
        case .integer(let number): String(number)
        // No double can hold the number that stands for infinity. SQLite has no value that is not a number.
        case .real(let number): number.isInfinite ? (number < 0 ? "-9e999" : "9e999") : number.description
        case .text(let text): text
        case .blob(let bytes): Hexadecimal.encode(bytes)
        }
    }
}
