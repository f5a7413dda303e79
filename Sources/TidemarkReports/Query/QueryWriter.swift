import Tidemark

/// A writer of a query's rows, which are not kept: each call returns the text that is complete by then.
package protocol QueryWriter {
    /// Begins the report.
    mutating func begin(_ columns: [String]) -> String
    /// - Parameter row: A value for each column.
    mutating func add(_ row: [QueryValue]) -> String
    mutating func end() -> String
}
