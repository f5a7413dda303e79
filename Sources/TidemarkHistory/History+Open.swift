import FoundationEssentials
import GRDB
import Tidemark

extension History {
    /// Opens an existing history for reading.
    ///
    /// A killed writer may have left a half-finished transaction beside the file, which only a writer may roll back:
    /// then the file is opened for writing once, to recover it.
    /// - Throws: `Failure` where there is no file, or it is no history that this program can read.
    public static func open(readingAt path: String) throws(Failure) -> History {
        guard try isFile(path) else { throw nothing(at: path, "the file does not exist") }
        do {
            do {
                return try openReadOnly(path)
            } catch let error as DatabaseError where error.needsRecovery {
                try recover(path, from: error)
                return try openReadOnly(path)
            }
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Opens a history for appending; creates the file where there is none.
    /// - Throws: `Failure` where the file is no history that this program can append to.
    public static func open(appendingAt path: String) throws(Failure) -> History {
        _ = try isFile(path)
        do {
            let database = try DatabaseQueue(path: path, configuration: configuration())
            try Schema.migrate(database, path: path, backsUp: true)
            // Somebody may have put the file into WAL mode, where a copy of it alone would not be whole.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            return History(path: path, database: database)
        } catch {
            throw Failure(error, path: path)
        }
    }

    private static func recover(_ path: String, from left: DatabaseError) throws {
        do {
            try DatabaseQueue(path: path, configuration: configuration()).write { _ = try Schema.version(of: $0) }
        } catch let error as DatabaseError where error.isForbidden {
            let isHalfWritten = left.extendedResultCode == .SQLITE_READONLY_ROLLBACK
            throw Failure(
                .history, "'\(path)' cannot be read by this user",
                why: isHalfWritten
                    ? "a writer was killed, and what it had half written is to be taken back first"
                    : "it is in SQLite's WAL mode, and its folder cannot be written",
                remedy: "run 'tidemark \(isHalfWritten ? "log" : "record")' once as a user who may write there")
        }
    }

    private static func openReadOnly(_ path: String) throws -> History {
        var readOnly = configuration()
        readOnly.readonly = true
        let database = try DatabaseQueue(path: path, configuration: readOnly)
        let version = try database.read { database in
            if try Schema.isEmpty(database) { throw nothing(at: path, "the file is empty") }
            return try Schema.check(database, path: path)
        }
        if version == Schema.currentVersion { return History(path: path, database: database) }
        // An older file is read as it would be after migration, from a copy; the file itself stays as it is.
        let copy = try DatabaseQueue(configuration: configuration())
        try database.backup(to: copy)
        try Schema.migrate(copy, path: path, backsUp: false)
        return History(path: path, database: copy)
    }

    /// Whether there is a file; a folder is refused, of which SQLite would say "disk I/O error".
    private static func isFile(_ path: String) throws(Failure) -> Bool {
        if FileObstacle.find(path, isWritten: false) != nil { throw .cannot("opened", path) }
        var isFolder = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard !isFolder else {
            throw Failure(
                .history, "'\(path)' is no history", why: "it is a folder", remedy: "name a file with --history")
        }
        return isThere
    }

    private static func nothing(at path: String, _ why: String) -> Failure {
        Failure(
            .notFound, "no history at '\(path)'", why: why, remedy: "record a snapshot first, or pass --history")
    }

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // EXTRA also syncs the directory after the journal is gone, so that a commit survives a power cut.
            try database.execute(sql: "PRAGMA synchronous = EXTRA")
        }
        return configuration
    }
}

extension DatabaseError {
    /// Who only reads is told this of a journal that is to be rolled back, and of WAL files that are to be made.
    fileprivate var needsRecovery: Bool { resultCode == .SQLITE_READONLY }

    fileprivate var isForbidden: Bool { [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(resultCode) }
}
