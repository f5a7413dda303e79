import StrictJSON
import Tidemark

/// The rows of a query as a JSON document, each row an object on a line of its own.
package struct QueryJSON: QueryWriter {
    private let heads: Heads
    private var keys: [String] = []
    private var isFirst = true

    /// The end of the document.
    private static let end = "]\n}\n"

    package init(from heads: Heads) { self.heads = heads }

    package mutating func begin(_ columns: [String]) -> String {
        let names = Self.distinct(columns)
        keys = names.map { JSON.string($0).canonical }
        let document = JSONReport.document("query", from: heads, ["columns": JSON(names), "rows": []])
        return String(document.dropLast(Self.end.count))
    }

    package mutating func add(_ row: [QueryValue]) -> String {
        defer { isFirst = false }
        let members = zip(keys, row).map { "\($0): \($1.json.canonical)" }
        return "\(isFirst ? "" : ",")\n    {\(members.joined(separator: ", "))}"
    }

    package mutating func end() -> String { (isFirst ? "" : "\n  ") + Self.end }

    /// The names of columns as keys: a name that an earlier column has gets a number, as in SQLite's own subqueries (`seq:1`).
    private static func distinct(_ columns: [String]) -> [String] {
        var names: [String] = []
        var seen = Set(columns)
        for (index, column) in columns.enumerated() {
            guard columns[..<index].contains(column) else {
                names.append(column)
                continue
            }
            let name = (1...).lazy.map { "\(column):\($0)" }.first { !seen.contains($0) } ?? column
            seen.insert(name)
            names.append(name)
        }
        return names
    }
}

extension QueryValue {
    fileprivate var json: JSON {
        switch self {
        case .integer, .real: text.flatMap(JSONNumber.init).map { .number($0) } ?? .null
        case .null, .text, .blob: JSON(text)
        }
    }
}
