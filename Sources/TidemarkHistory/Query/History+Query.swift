import GRDB
import Tidemark

extension History {
    /// The views that a query can read: the interface of the file.
    public static let views = Schema.views

    /// Runs one SELECT over the views of the history.
    ///
    /// It can call `content(hash)`, which returns the JSON text of the content with a `content_hash` of the view `facet_history`.
    /// The index is verified first. Recorders cannot append while rows are visited.
    ///
    ///     try history.query("SELECT seq, label FROM release", columns: { print($0) }) { print($0) }
    ///
    /// - Parameters:
    ///   - sql: The statement. It cannot read a table, and cannot write.
    ///   - columns: Called once, with the names of the columns; several may have one name.
    ///   - row: Called for each row, with a value for each column.
    /// - Throws: `Failure` with the code `invalid` for a statement that is refused or that fails, and `history` for a damaged
    ///   history; what the closures throw.
    public func query(
        _ sql: String, columns: ([String]) throws(Failure) -> Void, row: ([QueryValue]) throws(Failure) -> Void
    ) throws(Failure) {
        try read { _ in try QueryCheck.check(sql) }
        try readIndexed { database in
            try database.withContentFunction {
                do {
                    let statement = try database.makeStatement(sql: sql)
                    try columns(statement.columnNames)
                    let rows = try Row.fetchCursor(statement)
                    while try rows.next() != nil { try row(statement.values) }
                } catch let error as DatabaseError {
                    throw error.ofQuery(else: "change what the query computes")
                }
            }
        }
    }
}
