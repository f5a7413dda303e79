import FoundationEssentials
import GRDB
import HistoryFiles
import Migrations
import StrictJSON
import Tidemark

/// The tables of a history, and the migration of older files.
enum Schema {
    /// Marks the file as Tidemark's: the bytes of `tide`.
    static let applicationID: Int32 = 0x7469_6465

    /// The scripts of `Migrations/`; a file's `user_version` is how many of them it has.
    private static let scripts = Scripts.inOrder

    static var currentVersion: Int { scripts.count }

    /// The views that the scripts create, in their order.
    static let views = scripts.flatMap { script in
        let lines = script.utf8.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: "CREATE VIEW ".utf8) }
        return lines.map { String(Substring($0.split(separator: UInt8(ascii: " "))[2])) }
    }

    static func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    /// Whether a file is empty: no table, and no application id of any program.
    static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
            && Int32.fetchOne(database, sql: "PRAGMA application_id") == 0 && version(of: database) == 0
    }

    /// The version of a file that is a history.
    /// - Throws: `Failure` for another program's file, for one that a newer Tidemark wrote, and for entries of another format.
    static func check(_ database: Database, path: String) throws -> Int {
        let application = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        let version = try version(of: database)
        guard application == applicationID else {
            throw Failure(
                .history, "'\(path)' is not a history", why: "it is another program's SQLite database",
                remedy: .nameHistory)
        }
        guard version > 0 else { throw Failure.otherTables(in: path) }
        // A newer tidemark wrote another set of tables, but an older one may have had more scripts.
        if try Int.fetchOne(database, sql: Embedded.olderFormat) != nil { try Header.checkFormat(2) }
        guard version <= currentVersion else {
            throw Failure(
                .history, "'\(path)' is from a newer tidemark",
                why: "its version is \(version), and this tidemark reads up to \(currentVersion)",
                remedy: "use a newer tidemark")
        }
        // All entries of a chain have the format of its first one.
        for format in try String?.fetchAll(database, sql: Embedded.formats) {
            try Header.checkFormat(format.map { try JSON(parsing: $0) })
        }
        return version
    }

    /// Whether the file has everything that the scripts create, unchanged; a damaged view would give wrong answers.
    static func isWhole(_ database: Database) throws -> Bool {
        let expected = try inNewDatabase { try Set(String.fetchAll($0, sql: Embedded.schema)) }
        return try expected.isSubset(of: String.fetchAll(database, sql: Embedded.schema))
    }

    /// Runs a closure on a database in memory that has what the scripts create.
    static func inNewDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try DatabaseQueue().write { new in
            for script in scripts { try new.execute(sql: script) }
            return try body(new)
        }
    }

    /// Migrates a database to the current version in one transaction, and rebuilds its index from the log.
    /// - Parameters:
    ///   - backsUp: Whether an older file is copied first.
    ///   - address: The address whose chains a new file copies; nil for a history of its own.
    static func migrate(
        _ queue: DatabaseQueue, _ file: HistoryFile, _ images: ImageIndex, backsUp: Bool,
        replicaOf address: String? = nil
    ) throws {
        try queue.writeWithoutTransaction { database in
            if try version(of: database) == currentVersion {
                _ = try check(database, path: file.name)
                if try database.isIndexed(by: images) { return }
            }
            try database.inTransaction(.immediate) {
                // Another process may have migrated it while this one waited for the lock.
                let version = try prepare(database, path: file.name)
                if backsUp, version > 0, version < currentVersion { try backUp(file.path, version: version) }
                for script in scripts[version...] { try database.execute(sql: script) }
                if version == 0 {
                    if let address { try database.markAsReplica(of: address) }
                    try database.setDerivation(images)
                } else if try version < currentVersion || !database.isIndexed(by: images) {
                    try database.rebuildIndex(images)
                }
                try database.execute(sql: "PRAGMA user_version = \(currentVersion)")
                return .commit
            }
        }
    }

    /// The version to migrate from. A new file has version 0 and gets the application id.
    private static func prepare(_ database: Database, path: String) throws -> Int {
        if try isEmpty(database) {
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            return 0
        }
        let version = try check(database, path: path)
        guard try version == currentVersion || hasTables(of: version, database) else {
            throw Failure.otherTables(in: path)
        }
        return version
    }

    /// Whether a file has the tables and views of a version, and no others.
    private static func hasTables(of version: Int, _ database: Database) throws -> Bool {
        let expected = try DatabaseQueue().write { new in
            for script in scripts[..<version] { try new.execute(sql: script) }
            return try Set(String.fetchAll(new, sql: Embedded.tables))
        }
        return try Set(String.fetchAll(database, sql: Embedded.tables)) == expected
    }

    /// Copies an older file beside itself, under another name until the copy is whole.
    ///
    /// SQLite copies it, on a second connection: opening and closing the file otherwise would drop this process's locks on it.
    private static func backUp(_ path: String, version: Int) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let name = "\(path).version-\(version)"
        let backup = FileStatus.freePath { $0 == 1 ? name : "\(name)-\($0)" }
        let unfinished = "\(backup).unfinished"
        // Links of these names are removed too: SQLite would write to their targets.
        for suffix in ["", "-journal", "-wal", "-shm"] where FileStatus(linkAt: unfinished + suffix) != nil {
            try FileManager.default.removeItem(atPath: unfinished + suffix)
        }
        do {
            let source = try DatabaseQueue(path: path, configuration: .reading)
            let copy = try DatabaseQueue(path: unfinished, configuration: .writing)
            try source.backup(to: copy)
            try copy.close()
            try source.close()
            try FileManager.default.moveItem(atPath: unfinished, toPath: backup)
        } catch {
            // On a full disk half a copy would only take up space.
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }
}
