import CivilTime
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on recording one environment of one history.
///
/// A walk takes a second or more, and another recorder may append meanwhile: without a lock, overtaken recorders would
/// repeat their walks again and again. The lock is advisory: the transaction in `append` prevents lost updates. If it cannot be
/// acquired (the folder is read-only, the file system has no locks, a stopped process keeps it), recording proceeds
/// without it.
///
/// The lock is an `flock` on an empty file beside the history; the kernel releases it however the process ends. Its
/// owner removes the file; a file that a killed process left is acquired, and removed, by the next recorder. The history's own
/// file is not locked: on NFS an `flock` would be of the same kind as SQLite's locks, and closing another descriptor of a file
/// drops the locks that SQLite has on it ("How To Corrupt An SQLite Database File", section 2.2). Readers need no lock.
package struct RecorderLock {
    private let descriptor: Int32
    private let path: String
    /// The address under which `TemporaryFileName` has the path.
    private let name: UInt

    /// The path of the lock's file. Links are followed, as SQLite does for its journal, so that every name of the
    /// history leads to the same lock.
    package static func path(for history: String, _ environment: EnvironmentName) -> String {
        "\(realPath(history)).\(environment).lock"
    }

    /// Waits for the lock. Returns nil if it cannot be acquired, or not in time.
    ///
    /// A recorder tries more often the longer it has waited: the order of arrival is not guaranteed, but no recorder starves.
    /// - Parameter isWaiting: Called once, after `timeout.quiet`.
    /// - Throws: `CancellationError`.
    package static func acquire(
        for history: String, _ environment: EnvironmentName, _ timeout: LockTimeout, clock: ProgramClock,
        isWaiting: () -> Void
    ) async throws -> RecorderLock? {
        let path = path(for: history, environment)
        let start = clock.elapsed()
        var hasReported = false
        while true {
            switch attempt(path) {
            case .acquired(let lock): return lock
            case .impossible: return nil
            case .busy: break
            }
            let waited = clock.elapsed() - start
            if !hasReported, waited >= timeout.quiet {
                isWaiting()
                hasReported = true
            }
            guard waited < timeout.total else { return nil }
            try await clock.sleep(pause(after: waited) * (0.5 + clock.random()))
        }
    }

    private static func pause(after waited: Duration) -> Duration {
        max(.milliseconds(2), .milliseconds(50) / (1 + waited / .seconds(1)))
    }

    private enum Acquisition {
        case acquired(RecorderLock), busy, impossible
    }

    private static func attempt(_ path: String) -> Acquisition {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return .impossible }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let isBusy = errno == EWOULDBLOCK || errno == EINTR
            close(descriptor)
            return isBusy ? .busy : .impossible
        }
        var (locked, named) = (stat(), stat())
        guard fstat(descriptor, &locked) == 0, isLockFile(locked) else {
            close(descriptor)
            return .impossible
        }
        // The owner before may have removed the file between the two calls above: then this lock keeps nobody out.
        guard lstat(path, &named) == 0, named.st_ino == locked.st_ino, named.st_dev == locked.st_dev else {
            close(descriptor)
            return .busy
        }
        return .acquired(RecorderLock(descriptor: descriptor, path: path, name: TemporaryFileName.store(path)))
    }

    /// Any other file of that name belongs to somebody else, and is not removed.
    private static func isLockFile(_ file: stat) -> Bool { file.st_mode & S_IFMT == S_IFREG && file.st_size == 0 }

    package func release() {
        TemporaryFileName.clear(name)
        unlink(path)
        close(descriptor)
    }
}
