import GRDB
import GRDBSQLite
import Tidemark

/// A digest of rows in any order: the number of the rows, and the sum of their hashes.
///
/// The hashes have a key that is new in each process, so that rows cannot be chosen such that two sets of them have one digest;
/// by chance two have it once in 2^64.
struct RowsDigest: Equatable {
    private var count = 0
    private var sum = 0

    mutating func add(_ row: RowHash) {
        count += 1
        sum &+= row.value
    }
}

/// A hash of a row's values, with their types.
struct RowHash {
    private var hasher = Hasher()

    var value: Int { hasher.finalize() }

    enum Value {
        case integer(Int64?)
        case text(String?)
        case hash(ContentHash?)
    }

    init() {}

    /// Hashes the current row of a statement.
    init(_ statement: SQLiteStatement) {
        for column in 0..<sqlite3_column_count(statement) {
            let type = sqlite3_column_type(statement, column)
            switch type {
            case SQLITE_NULL: combine(type)
            case SQLITE_INTEGER: combine(type, sqlite3_column_int64(statement, column))
            default:
                combine(
                    type,
                    UnsafeRawBufferPointer(
                        start: sqlite3_column_blob(statement, column),
                        count: Int(sqlite3_column_bytes(statement, column))))
            }
        }
    }

    mutating func combine(_ value: Value) {
        switch value {
        case .integer(nil), .text(nil), .hash(nil): combine(SQLITE_NULL)
        case .integer(let number?): combine(SQLITE_INTEGER, number)
        case .text(var text?): text.withUTF8 { combine(SQLITE_TEXT, UnsafeRawBufferPointer($0)) }
        case .hash(let hash?): hash.bytes.withUnsafeBytes { combine(SQLITE_BLOB, $0) }
        }
    }

    private mutating func combine(_ type: Int32) { hasher.combine(type) }

    private mutating func combine(_ type: Int32, _ number: Int64) {
        hasher.combine(type)
        hasher.combine(number)
    }

    private mutating func combine(_ type: Int32, _ bytes: UnsafeRawBufferPointer) {
        hasher.combine(type)
        hasher.combine(bytes.count)
        hasher.combine(bytes: bytes)
    }
}

extension Database {
    /// The digest of the rows of a query.
    func digest(of query: String, _ arguments: StatementArguments) throws -> RowsDigest {
        let statement = try cachedStatement(sql: query)
        try statement.setArguments(arguments)
        defer { sqlite3_reset(statement.sqliteStatement) }
        var digest = RowsDigest()
        while true {
            switch sqlite3_step(statement.sqliteStatement) {
            case SQLITE_ROW: digest.add(RowHash(statement.sqliteStatement))
            case SQLITE_DONE: return digest
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
