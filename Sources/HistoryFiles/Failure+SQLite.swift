import GRDB
import StrictJSON
import Tidemark

extension Failure {
    /// The failure that an error of SQLite means for a history's user.
    package init(_ error: any Error, path: String) {
        if let failure = error as? Failure {
            self = failure
            return
        }
        if error is JSONError {
            self = .index("a row is not JSON")
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.history, "'\(path)' cannot be used", why: "\(error)".printable)
            return
        }
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self.init(
                .history, "'\(path)' is not a history", why: "it is not an SQLite database",
                remedy: .nameHistory)
        case .SQLITE_BUSY:
            self.init(
                .unavailable, "'\(path)' is busy",
                // SQLite reports both as busy.
                why: "another process has been using it for 10 seconds, or its file system has no locks",
                remedy: "try again when it has finished, or keep the history on a local disk")
        case .SQLITE_CANTOPEN: self = .cannot("opened", path)
        case .SQLITE_READONLY where error.isOfHotJournal:
            self.init(
                .conflict, "'\(path)' cannot be read", why: "a writer was killed while this command ran",
                remedy: "run the command again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .cannot("written", path)
        case .SQLITE_FULL:
            self.init(
                .unavailable, "'\(path)' cannot be written", why: "the disk is full", remedy: "make room and try again")
        case .SQLITE_NOMEM: self.init(memory: path)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_NOMEM: self.init(memory: path)
        case .SQLITE_IOERR where error.extendedResultCode.isOfReading:
            self.init(
                .unavailable, "'\(path)' cannot be read", why: error.message?.printable, remedy: "check the disk")
        case .SQLITE_IOERR where error.extendedResultCode.isOfLocking:
            self.init(locking: path)
        case .SQLITE_PROTOCOL: self.init(locking: path)
        case .SQLITE_IOERR where error.extendedResultCode.isOfWriting:
            self.init(
                .unavailable, "'\(path)' cannot be written", why: error.message?.printable,
                remedy: "check the disk, its quota and the limit on the size of files, and try again")
        case .SQLITE_IOERR:
            self.init(
                .unavailable, "'\(path)' cannot be used", why: error.message?.printable, remedy: "check the disk")
        case .SQLITE_CORRUPT, .SQLITE_FORMAT:
            self = .damaged("'\(path)' is damaged", why: error.message?.printable)
        case .SQLITE_ERROR where error.message?.hasPrefix("malformed JSON") == true:
            self = .damaged("'\(path)' is damaged", why: error.message?.printable)
        case .SQLITE_ERROR where error.isOfOtherTables: self = .otherTables(in: path)
        default:
            self.init(.history, "'\(path)' cannot be used", why: error.message?.printable ?? "\(error.resultCode)")
        }
    }

    /// A history whose tables are not those of its version, as far as that is known.
    package static func otherTables(in path: String) -> Failure {
        Failure(
            .history, "'\(path)' cannot be used",
            why: "its tables are not those of its version: that was changed, or an unreleased tidemark wrote the file",
            remedy: "restore the history from a copy, or use the tidemark that wrote it")
    }

    /// A file that cannot be used, with the reason that the file system gives.
    /// - Parameter verb: `opened` or `written`.
    package static func cannot(_ verb: String, _ path: String) -> Failure {
        let obstacle = FileObstacle.find(path, isWritten: true)
        return Failure(
            .unavailable, "'\(path)' cannot be \(verb)", why: obstacle?.why ?? "the system gives no reason",
            remedy: obstacle?.remedy ?? "check the path and its permissions, and try again")
    }

    /// Bytes that no reader would accept.
    package static func tooLarge(_ what: String) -> Failure {
        Failure(
            .history, "\(what) is too large to be recorded",
            why: "it has more than \(StoredContent.largest >> 20) MiB in JSON",
            remedy: "report it: no answer of AWS should have as much")
    }

    /// An index that can be built again from the log.
    package static func index(_ why: String) -> Failure {
        Failure(.history, "the index of the history is damaged", why: why, remedy: .rebuildIndex)
    }

    private init(memory path: String) {
        self.init(
            .unavailable, "'\(path)' cannot be used", why: "too little memory is left",
            remedy: "raise the limit with 'ulimit -v unlimited', or give the container more")
    }

    private init(locking path: String) {
        self.init(
            .unavailable, "'\(path)' cannot be locked", why: "its file system refuses the lock",
            remedy: "keep the history on a file system with locks, such as a local disk")
    }
}

extension DatabaseError {
    /// Whether a journal must be played back first, which only a writer may do.
    package var isOfHotJournal: Bool { extendedResultCode == .SQLITE_READONLY_ROLLBACK }

    /// Whether a statement names a table or a column that the file does not have.
    fileprivate var isOfOtherTables: Bool {
        ["no such table: ", "no such column: ", "table index_", "table log_"].contains {
            message?.hasPrefix($0) == true
        }
    }
}

extension ResultCode {
    fileprivate var isOfReading: Bool {
        [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_FSTAT, .SQLITE_IOERR_CORRUPTFS].contains(self)
    }

    fileprivate var isOfLocking: Bool {
        [
            .SQLITE_IOERR_LOCK, .SQLITE_IOERR_RDLOCK, .SQLITE_IOERR_UNLOCK, .SQLITE_IOERR_CHECKRESERVEDLOCK,
            .SQLITE_IOERR_BLOCKED,
        ].contains(self)
    }

    fileprivate var isOfWriting: Bool {
        [
            .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
            .SQLITE_IOERR_DELETE, .SQLITE_IOERR_DELETE_NOENT, .SQLITE_IOERR_DIR_CLOSE, .SQLITE_IOERR_CLOSE,
            .SQLITE_IOERR_SEEK, .SQLITE_IOERR_GETTEMPPATH,
        ].contains(self)
    }
}
