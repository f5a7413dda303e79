import Tidemark
import TidemarkHistory

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on replacing a file, held from the comparison with the text that was read until the new file has its name.
///
/// The lock is an `flock` on the file itself, so it leaves nothing behind. It does not keep an editor out, which locks nothing.
struct FileLock {
    private let descriptor: Int32

    /// Locks a file without waiting: whoever has the lock is about to change the file.
    /// - Returns: Nil if another process has the lock, or has replaced the file.
    /// - Throws: `Failure` if the file system cannot lock it.
    init?(_ path: String) throws(Failure) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(path, "written") }
        var (locked, named) = (stat(), stat())
        let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        guard isLocked || errno == EWOULDBLOCK else {
            let failure = Self.failure(path, "locked")
            close(descriptor)
            throw failure
        }
        // Another process may have replaced the file between the two calls above.
        guard isLocked, fstat(descriptor, &locked) == 0, stat(path, &named) == 0,
            (locked.st_dev, locked.st_ino) == (named.st_dev, named.st_ino)
        else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    func release() { close(descriptor) }

    private static func failure(_ path: String, _ action: String) -> Failure {
        Failure(.unavailable, "'\(path.printable)' cannot be \(action)", why: errorMessage(errno))
    }
}
