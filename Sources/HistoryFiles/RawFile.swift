import FoundationEssentials
import GRDB
import GRDBSQLite
import Tidemark

/// The bytes and the locks of a history's file, through SQLite's own file handle.
///
/// SQLite's locks belong to the process: closing any other descriptor of the file would drop those that another
/// connection of this process holds (<https://sqlite.org/howtocorrupt.html>, section 2.2).
/// Opening a connection reads only the header, and plays back no journal.
package final class RawFile {
    private let connection: OpaquePointer?
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods

    /// - Throws: `DatabaseError` if SQLite cannot open the file.
    package init(_ path: String, isWritable: Bool = false) throws {
        var connection: OpaquePointer?
        let flags = isWritable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        let opened = sqlite3_open_v2(path, &connection, flags | SQLITE_OPEN_NOFOLLOW, nil)
        var file: UnsafeMutablePointer<sqlite3_file>?
        let found =
            opened == SQLITE_OK
            ? sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) : opened
        guard found == SQLITE_OK, let file, let methods = file.pointee.pMethods?.pointee else {
            sqlite3_close(connection)
            throw DatabaseError(resultCode: found == SQLITE_OK ? .SQLITE_CANTOPEN : ResultCode(rawValue: found))
        }
        (self.connection, self.file, self.methods) = (connection, file, methods)
    }

    deinit { sqlite3_close(connection) }

    /// Whether the file's header has the version numbers of WAL mode (<https://sqlite.org/fileformat2.html>, section 1.3.3).
    package func isInWALMode() throws -> Bool {
        guard try size() >= 100 else { return false }
        return try read(2, at: 18).contains(2)
    }

    /// The number that SQLite increases with each transaction (<https://sqlite.org/fileformat2.html>, section 1.3.7).
    package func changeCounter() throws -> UInt32 { try read(4, at: 24).reduce(0) { $0 << 8 | UInt32($1) } }

    private func size() throws -> Int {
        var size: Int64 = 0
        try check(methods.xFileSize(file, &size))
        return Int(size)
    }

    private func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try check(bytes.withUnsafeMutableBytes { methods.xRead(file, $0.baseAddress, Int32(count), Int64(offset)) })
        return bytes
    }

    /// The bytes of the file, without those of a journal beside it.
    package func bytes() throws -> Data {
        let size = try size()
        var bytes = Data()
        for offset in stride(from: 0, to: size, by: Self.chunk) {
            bytes += try read(min(Self.chunk, size - offset), at: offset)
        }
        return bytes
    }

    private static let chunk = 1 << 20

    /// Runs `body` under the RESERVED lock: no other connection may write, and no journal counts as hot.
    /// - Returns: Nil if another connection is writing.
    package func withReservedLock<Value>(_ body: () throws -> Value) throws -> Value? {
        defer { _ = methods.xUnlock(file, SQLITE_LOCK_NONE) }
        for level in [SQLITE_LOCK_SHARED, SQLITE_LOCK_RESERVED] {
            let code = methods.xLock(file, level)
            if code == SQLITE_BUSY { return nil }
            try check(code)
        }
        return try body()
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
