import FoundationEssentials
import GRDB
import HistoryFiles
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A rollback journal beside a history that SQLite would play back, although no process is writing.
///
/// A killed writer leaves such a journal. A pull request can add a forged one, since its checksums have no key
/// (<https://sqlite.org/fileformat2.html>, section 3). Therefore a whole file is never changed by a file beside it: the journal
/// is played back only into a torn file, and only if it rolls back no more than one unfinished entry.
///
/// Everything is tried on copies first. No process swaps the files meanwhile: the attacker is a checkout, and runs no code.
struct HotJournal {
    let file: HistoryFile
    let images: ImageIndex

    /// The result of an examination.
    enum Examination {
        /// The history is whole without the journal; the statuses are those of the examined files.
        case whole(DatabaseQueue, [FileStatus?])
        /// A writer was killed while it wrote; the journal restores this history.
        case interrupted(DatabaseQueue)
        /// Another process changed the file or the journal while they were examined.
        case changed
    }

    private static let suffix = "-journal"

    private var path: String { file.path(beside: Self.suffix) }
    var name: String { file.name(beside: Self.suffix) }

    /// The statuses of both files, to notice that one of them changed.
    var statuses: [FileStatus?] { [file.status, FileStatus(linkAt: path)] }

    /// Whether the journal's name belongs to something that is not a regular file. SQLite would follow a link and overwrite its
    /// target in the next transaction, and wait forever for a pipe.
    var isForeign: Bool { FileStatus(linkAt: path).map { !$0.isRegular } ?? false }

    /// - Throws: `Failure` if neither the file alone nor the file with its journal is a history that verifies.
    func examine() throws -> Examination {
        if let notice = file.notices.first {
            throw Failure(
                .history, "'\(name)' is not played back", why: notice, remedy: "fix that, and run the command again")
        }
        let before = statuses
        return try PrivateFolder.with { folder in
            guard let bytes = try bytesIfUnchanged(since: before) else { return .changed }
            let alone = try folder.write(bytes.history, as: .alone)
            do {
                return .whole(try verified(alone), before)
            } catch {
                try refuseSuperJournal(bytes.journal)
                let restored = try folder.write(bytes.history, as: .restored)
                _ = try folder.write(bytes.journal, as: .journal)
                return .interrupted(try restore(restored, insteadOf: alone, because: error))
            }
        }
    }

    /// The bytes of both files; nil if another process changed one of them.
    private func bytesIfUnchanged(since before: [FileStatus?]) throws -> (history: Data, journal: Data)? {
        let history = Result { try RawFile(file.path).bytes() }
        let journal = FileManager.default.contents(atPath: path)
        guard statuses == before else { return nil }
        guard let journal else { throw refusal("this user may not read it") }
        return (try history.get(), journal)
    }

    private func restore(_ restored: String, insteadOf alone: String, because reason: any Error) throws -> DatabaseQueue
    {
        let queue: DatabaseQueue
        do {
            // Opening it for writing plays the journal back.
            try DatabaseQueue(path: restored, configuration: .writing).close()
            queue = try verified(restored)
        } catch {
            throw refusal(
                "without it: \(Failure(reason, path: file.name)); with it: \(Failure(error, path: file.name))")
        }
        let torn = ReadableEntries(inFile: alone)
        guard try queue.read({ try torn.areContinued(in: $0) }) else {
            throw refusal("it would roll back more than one unfinished entry")
        }
        return queue
    }

    /// A database in memory with the contents of a copy, verified as a whole.
    private func verified(_ path: String) throws -> DatabaseQueue {
        let memory = try History.inMemory(DatabaseQueue(path: path, configuration: .reading), file, images)
        try memory.read { database in
            if try !Schema.isEmpty(database) { try database.verify(images, path: file.name) }
        }
        return memory
    }

    /// SQLite deletes the file that a journal names as its super-journal. Only transactions over several files have one.
    private func refuseSuperJournal(_ journal: Data) throws(Failure) {
        let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
        if journal.suffix(magic.count).elementsEqual(magic) {
            throw refusal("it names a super-journal, and Tidemark never writes one")
        }
    }

    private func refusal(_ why: String) -> Failure {
        Failure(
            .history, "'\(file.name)' is not whole, and '\(name)' does not restore it", why: why,
            remedy: "restore the history from a copy")
    }

    /// Renames the journal, so that SQLite does not see it.
    /// - Parameter examined: The statuses of the files when the history was found whole.
    /// - Returns: The new name; nil if another process changed a file, or is writing.
    func setAside(ifStill examined: [FileStatus?]) throws -> String? {
        try RawFile(file.path, isWritable: true).withReservedLock {
            guard statuses == examined else { return nil }
            let other = FileStatus.freePath { "\(path)-set-aside-\($0)" }
            guard rename(path, other) == 0 else {
                throw Failure(
                    .history, "'\(name)' cannot be renamed", why: errorMessage(errno),
                    remedy: "move it away by hand: the history is whole without it")
            }
            return file.name(beside: String(other.dropFirst(file.path.count)))
        } ?? nil
    }
}
