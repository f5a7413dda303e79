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

    /// Hashes the current row of a statement, without its first column.
    init(_ statement: SQLiteStatement) {
        for column in 1..<sqlite3_column_count(statement) {
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
    /// The digests of the rows of a query by their first column, an integer or null.
    func digests(of query: String) throws -> [Int64?: RowsDigest] {
        let statement = try cachedStatement(sql: query).sqliteStatement
        defer { sqlite3_reset(statement) }
        var digests: [Int64?: RowsDigest] = [:]
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let isNull = sqlite3_column_type(statement, 0) == SQLITE_NULL
                let key = isNull ? nil : sqlite3_column_int64(statement, 0)
                digests[key, default: RowsDigest()].add(RowHash(statement))
            case SQLITE_DONE: return digests
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
