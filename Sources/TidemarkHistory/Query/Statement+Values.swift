import GRDB
import GRDBSQLite
import Tidemark

extension Statement {
    /// The values of the row that the statement has reached. GRDB's own end a text at its first NUL.
    var values: [QueryValue] { (0..<Int32(columnCount)).map(value) }

    private func value(of column: Int32) -> QueryValue {
        switch sqlite3_column_type(sqliteStatement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(sqliteStatement, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(sqliteStatement, column))
        case SQLITE_TEXT:
            .text(String(decoding: bytes(sqlite3_column_text(sqliteStatement, column), of: column), as: UTF8.self))
        case SQLITE_BLOB: .blob(Array(bytes(sqlite3_column_blob(sqliteStatement, column), of: column)))
        default: .null
        }
    }

    /// The bytes at the address of a column's value, which is nil for an empty blob.
    private func bytes(_ start: UnsafeRawPointer?, of column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(sqliteStatement, column)))
    }
}
