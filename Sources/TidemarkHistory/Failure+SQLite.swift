import GRDB
import Tidemark

extension Failure {
    /// What an error of SQLite means to the one who named the file.
    init(_ error: any Error, path: String) {
        if let failure = error as? Failure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.history, "'\(path)' cannot be used", why: "\(error)".printable)
            return
        }
        switch error.resultCode {
        case .SQLITE_NOTADB:
            self.init(
                .history, "'\(path)' is no history", why: "it is not an SQLite database",
                remedy: "choose another file with --history")
        case .SQLITE_BUSY:
            self.init(
                .history, "'\(path)' is busy", why: "another process has been writing to it for 10 seconds",
                remedy: "try again when it has finished")
        case .SQLITE_CANTOPEN:
            self.init(
                .history, "'\(path)' cannot be opened", why: "the folder does not exist or allows no access",
                remedy: "check the path and its permissions")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .history, "'\(path)' cannot be written", why: "the file or its folder is read-only",
                remedy: "check their permissions")
        case .SQLITE_FULL:
            self.init(
                .history, "'\(path)' cannot be written", why: "the disk is full", remedy: "make room and try again")
        case .SQLITE_IOERR where error.extendedResultCode.isOfReading:
            self.init(
                .history, "'\(path)' cannot be read", why: error.message?.printable, remedy: "check the disk")
        case .SQLITE_IOERR:
            self.init(
                .history, "'\(path)' cannot be written", why: error.message?.printable,
                remedy: "check the disk, its quota and the limit on the size of files, and try again")
        case .SQLITE_CORRUPT, .SQLITE_FORMAT:
            self.init(damaged: path, why: error.message)
        case .SQLITE_ERROR where error.message?.hasPrefix("malformed JSON") == true:
            self.init(damaged: path, why: error.message)
        default:
            self.init(.history, "'\(path)' cannot be used", why: error.message?.printable ?? "\(error.resultCode)")
        }
    }

    private init(damaged path: String, why: String?) {
        self.init(
            .history, "'\(path)' is damaged", why: why?.printable, remedy: "restore the history from a copy")
    }
}

extension ResultCode {
    fileprivate var isOfReading: Bool {
        [.SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_FSTAT, .SQLITE_IOERR_CORRUPTFS].contains(self)
    }
}
