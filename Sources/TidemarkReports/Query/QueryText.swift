import Tidemark

/// The rows of a query as a table.
package struct QueryText: QueryWriter {
    /// The columns' names and the first rows, from which the columns get their widths.
    private var first: [[String]] = []
    private var widths: [Int]?

    /// The number of rows that decide on the widths.
    private static let sampleSize = 200
    /// The width of the widest column, in which a hash fits: a longer text moves the rest of its row to the right.
    private static let widest = 64

    package init() {}

    package mutating func begin(_ columns: [String]) -> String {
        first = [columns.map(\.printable)]
        return ""
    }

    package mutating func add(_ row: [QueryValue]) -> String {
        let cells = row.map(\.inWords)
        if let widths { return Self.line(cells, widths) }
        first.append(cells)
        return first.count > Self.sampleSize ? writeFirst() : ""
    }

    package mutating func end() -> String { widths == nil ? writeFirst() : "" }

    private mutating func writeFirst() -> String {
        let widths = first[0].indices.map { column in
            first.map { $0[column].count }.filter { $0 <= Self.widest }.max() ?? 0
        }
        defer { (self.widths, first) = (widths, []) }
        return first.map { Self.line($0, widths) }.joined()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).dropLast().map { $0.padded(to: $1 + 2) }.joined()
        return padded + (cells.last ?? "") + "\n"
    }
}

extension QueryValue {
    /// The value on one line.
    fileprivate var inWords: String { text?.printable ?? "null" }
}
