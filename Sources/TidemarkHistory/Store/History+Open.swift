import FoundationEssentials
import GRDB
import HistoryFiles
import Tidemark

extension History {
    /// Opens an existing history for reading; no file is changed.
    ///
    /// A killed writer may have left a journal beside the file: then the answers come from a copy, and `notices` has a line
    /// about it.
    /// - Parameters:
    ///   - path: The history's file.
    ///   - images: How images are found in descriptions: the registry's `images`.
    ///   - marks: The folder of marks that the index of the file was verified; nil to verify it for each answer that relies on it.
    /// - Throws: `Failure`, with the code `notFound` if the file does not exist or is empty, `invalid` for an empty name, and
    ///   `history` if it is not a history that this program can read.
    public static func open(
        readingAt path: String, images: ImageIndex, marks: VerificationMarks? = nil
    ) throws(Failure) -> History {
        let file = try HistoryFile(path)
        guard let status = file.status else { throw nothing(at: path, "the file does not exist") }
        if status.size == 0 { throw nothing(at: path, "the file is empty") }
        do {
            return try file.retrying {
                try file.refuseWriteAheadLog()
                if try RawFile(file.path).isInWALMode() { return try openCopy(of: file, images) }
                let journal = HotJournal(file: file, images: images)
                if journal.isForeign { return try openCopy(of: file, images, [journal.ignored]) }
                do {
                    let mark = marks.map { FileMark($0, of: file, status, derivation: images.version) }
                    return try openReadOnly(file, images, mark)
                } catch let error as DatabaseError where error.isOfHotJournal {
                    return try openDespite(journal)
                }
            }
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Opens a history for appending; creates the file if it does not exist, and migrates one of an older version.
    ///
    /// Repairs what a killed writer left; `notices` has a line about it.
    /// - Parameters:
    ///   - path: The history's file.
    ///   - images: How images are found in descriptions: the registry's `images`.
    /// - Throws: `Failure`, with the code `invalid` for an empty name and for the local copy of a history in a bucket, and
    ///   `history` for a file that is not a history, has entries of another format, is damaged, or cannot be written.
    public static func open(appendingAt path: String, images: ImageIndex) throws(Failure) -> History {
        try open(writingAt: path, images: images, replicaOf: nil)
    }

    /// - Parameter address: The address whose chains the file copies; nil for a history of its own.
    static func open(
        writingAt path: String, images: ImageIndex, replicaOf address: String?
    ) throws(Failure) -> History {
        let notices = try repair(at: path, images: images)
        let file = try HistoryFile(path)
        do {
            let database = try DatabaseQueue(path: file.path, configuration: .writing)
            try database.read { try $0.checkReplica(of: address, path: file.name) }
            try Schema.migrate(database, file, images, backsUp: address == nil, replicaOf: address)
            // In WAL mode, which another program may have set, a copy of the file alone would not be whole.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            return History(path: path, database: database, notices: notices + file.notices, images: images)
        } catch {
            throw Failure(error, path: path)
        }
    }

    private static func openReadOnly(_ file: HistoryFile, _ images: ImageIndex, _ mark: FileMark?) throws -> History {
        let database = try DatabaseQueue(path: file.path, configuration: .reading)
        let (isCurrent, isIndexed) = try database.read { database in
            if try Schema.isEmpty(database) { throw nothing(at: file.name, "the file is empty") }
            let isCurrent = try Schema.check(database, path: file.name) == Schema.currentVersion
            return (isCurrent, try isCurrent && database.isIndexed(by: images))
        }
        let notice =
            "the index of '\(file.name)' is of another tidemark: this command uses one that it builds in memory, and the "
            + "next recording builds that of the file again"
        // An older file is migrated in a copy, and stays as it is.
        return History(
            path: file.name, database: isIndexed ? database : try inMemory(database, file, images),
            notices: file.notices + (isCurrent && !isIndexed ? [notice] : []), images: images,
            mark: isIndexed ? mark : nil)
    }

    /// Reads a copy of a file, if SQLite would create files beside the original, or use one that is there.
    private static func openCopy(of file: HistoryFile, _ images: ImageIndex, _ notices: [String] = []) throws
        -> History?
    {
        let before = file.status
        return try PrivateFolder.with { folder in
            let copy = try folder.write(RawFile(file.path).bytes(), as: .copy)
            guard file.status == before else { return nil }
            let database = try inMemory(DatabaseQueue(path: copy, configuration: .writing), file, images)
            return History(path: file.name, database: database, notices: notices + file.notices, images: images)
        }
    }

    private static func openDespite(_ journal: HotJournal) throws -> History? {
        switch try journal.examine() {
        case .whole(let database, _):
            return try answering(from: database, journal, journal.ignored, ifEmpty: "the file is empty")
        case .interrupted(let database):
            return try answering(
                from: database, journal, journal.playedBackInACopy,
                ifEmpty: "a killed writer left the file half written, and nothing had been recorded before")
        case .changed: return nil
        }
    }

    private static func answering(
        from database: DatabaseQueue, _ journal: HotJournal, _ notice: String, ifEmpty why: String
    ) throws -> History {
        let file = journal.file
        if try database.read(Schema.isEmpty) { throw nothing(at: file.name, why) }
        return History(path: file.name, database: database, notices: [notice] + file.notices, images: journal.images)
    }

    /// A database in memory with the contents of another one, migrated to the current version.
    static func inMemory(_ source: DatabaseQueue, _ file: HistoryFile, _ images: ImageIndex) throws -> DatabaseQueue {
        let copy = try DatabaseQueue(configuration: .writing)
        try source.backup(to: copy)
        try source.close()
        if try !copy.read(Schema.isEmpty) { try Schema.migrate(copy, file, images, backsUp: false) }
        return copy
    }

    private static func nothing(at path: String, _ why: String) -> Failure {
        Failure(
            .notFound, "no history at '\(path)'", why: why, remedy: .recordFirst)
    }
}
