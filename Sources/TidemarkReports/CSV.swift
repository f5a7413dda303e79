import Tidemark

/// Comma-separated values.
///
/// Cells are quoted as in RFC 4180. A cell that a spreadsheet would evaluate as a formula begins with an apostrophe.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4180>, sections 2.5 to 2.7, and
/// <https://owasp.org/www-community/attacks/CSV_Injection>.
enum CSV {
    static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\n" }

    /// A text as a cell.
    static func cell(_ text: String) -> String {
        let text = text.printable
        let harmless = text.unicodeScalars.first.map(formulaStarts.contains) ?? false ? "'\(text)" : text
        let isPlain = !harmless.unicodeScalars.contains { $0 == "," || $0 == "\"" }
        return isPlain ? harmless : "\"\(harmless.replacing("\"", with: "\"\""))\""
    }

    /// The characters that begin a formula. A tab or a line break cannot: `printable` escapes them.
    private static let formulaStarts = Set("=+-@＝＋－＠".unicodeScalars)
}
