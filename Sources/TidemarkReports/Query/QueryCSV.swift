import Tidemark

/// The rows of a query as comma-separated values: null is an empty cell, and an empty text one in quotes.
package struct QueryCSV: QueryWriter {
    package init() {}

    package func begin(_ columns: [String]) -> String { CSV.line(columns.map(CSV.cell)) }

    package func add(_ row: [QueryValue]) -> String { CSV.line(row.map(Self.cell)) }

    package func end() -> String { "" }

    private static func cell(_ value: QueryValue) -> String {
        switch value {
        case .text(""): "\"\""
        case .text(let text): CSV.cell(text)
        // A negative number is not a formula.
        case .null, .integer, .real, .blob: value.text ?? ""
        }
    }
}
