/// A JSON number as it was spelled: `1`, `1.0` and `1e0` are different.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number as it was spelled.
    public let lexeme: String

    /// Creates a number from its spelling; nil unless it follows RFC 8259 section 6.
    public init?(_ lexeme: String) {
        var scanner = JSONNumberScanner(lexeme.utf8)
        guard scanner.scan(), scanner.isAtEnd else { return nil }
        self.lexeme = lexeme
    }

    /// Creates a number from an integer.
    public init(_ value: some FixedWidthInteger) {
        lexeme = String(value)
    }

    /// Creates a number from a spelling that has been scanned already.
    init(scanned lexeme: String) {
        self.lexeme = lexeme
    }

    /// The number as it was spelled.
    public var description: String { lexeme }
}
