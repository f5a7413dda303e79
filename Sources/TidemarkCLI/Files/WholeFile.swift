import FoundationEssentials
import HistoryFiles
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes a file whole or not at all: to a temporary file beside it, which is then renamed.
enum WholeFile {
    /// Writes a text to a path. An existing file keeps its permissions and its owner; a link keeps its target. A pipe or a
    /// device is written in place.
    ///
    /// - Throws: `Failure` if a link leads out of the work tree, or if not all of it could be written; the old content is
    ///   kept then.
    static func write(_ text: String, to path: String) throws(Failure) {
        try NamedFile.typed(path).checkPath()
        var status = stat()
        guard stat(path, &status) == 0 else {
            // A link to a file that does not exist would be replaced.
            guard errno == ENOENT, lstat(path, &status) != 0 else { throw failure(path, errno) }
            return try replace(path, with: text, like: nil)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return try writeInPlace(text, to: path) }
        guard access(path, W_OK) == 0, let target = realPath(ofExisting: path) else { throw failure(path, errno) }
        try replace(target, with: text, like: status)
    }

    private static func writeInPlace(_ text: String, to path: String) throws(Failure) {
        // Without O_NONBLOCK, opening a pipe waits until a process reads it.
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        if descriptor < 0, errno == ENXIO {
            throw Failure(
                .unavailable, "'\(path.printable)' cannot be written", why: "it is a pipe that no process reads",
                remedy: "name a regular file")
        }
        guard descriptor >= 0, fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) == 0 else {
            throw failure(path, errno)
        }
        let reason = writeAll(text, to: descriptor) ? 0 : errno
        close(descriptor)
        if reason != 0 { throw failure(path, reason) }
    }

    private static func replace(_ path: String, with text: String, like status: stat?) throws(Failure) {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let temporary = FileStatus.freePath { number in
            let name = ".tidemark-\(getpid())-\(number)"
            return path.contains("/") ? "\(folder)/\(name)" : name
        }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path, errno) }
        let isWhole = copyOwner(of: status, to: descriptor) && writeAll(text, to: descriptor) && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        if isWhole, rename(temporary, path) == 0 { return }
        let cause = isWhole ? errno : reason
        unlink(temporary)
        throw failure(path, cause)
    }

    /// Gives a new file the owner and the permissions of the one that it replaces.
    /// - Returns: Whether that succeeded; `errno` has the reason if not.
    private static func copyOwner(of status: stat?, to descriptor: Int32) -> Bool {
        guard let status else { return true }
        var own = stat()
        guard fstat(descriptor, &own) == 0 else { return false }
        let isOwned = own.st_uid == status.st_uid && own.st_gid == status.st_gid
        return (isOwned || fchown(descriptor, status.st_uid, status.st_gid) == 0)
            && fchmod(descriptor, status.st_mode & 0o7777) == 0
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        Failure(
            .unavailable, "'\(path.printable)' cannot be written", why: errorMessage(code), remedy: "check the path")
    }
}
