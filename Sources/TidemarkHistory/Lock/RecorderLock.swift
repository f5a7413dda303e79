import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A recorder's turn at one environment of one history: while it lasts, the other recorders of that environment wait.
///
/// A walk takes a second or more, and meanwhile somebody else may always have recorded: without turns, who is overtaken
/// walks again and again. The turn is a courtesy, though. That an older look never overwrites a newer one is seen to by
/// the transaction of `append`; so where there is no turn to be had (in a folder in which nothing can be made, on a file
/// system without locks, because a stopped process sits on it), a recorder goes on without.
///
/// It is an `flock` on an empty file beside the history, which the kernel lifts however the process ends. Who holds it
/// removes the file; one that was left behind by a killed process is taken over, and removed by the next. It is not on
/// the history's own file: there it would be of the same kind as SQLite's locks on NFS, and to close another descriptor of
/// a file drops the locks that SQLite has on it ("How To Corrupt An SQLite Database File", section 2.2). Readers need none.
struct RecorderLock {
    private let descriptor: Int32
    private let path: String
    /// By which a signal handler knows it.
    private let name: UInt

    static func lockPath(of history: String, _ environment: EnvironmentName) -> String {
        // As SQLite does for its journal, so that everybody who names the same file waits for the same turn.
        "\(realPath(history)).\(environment).lock"
    }

    /// Waits until it is one's turn; nil where there is none to be had, or not in time.
    ///
    /// Who has waited longer asks more often: not strictly in the order of arrival, but nobody is left behind.
    /// - Parameter isWaiting: Is called once if the wait is a long one.
    /// - Throws: `CancellationError`.
    static func take(
        at history: String, _ environment: EnvironmentName, _ lockTimeout: LockTimeout, isWaiting: () -> Void
    ) async throws -> RecorderLock? {
        let path = lockPath(of: history, environment)
        let start = ContinuousClock.now
        var hasReported = false
        while true {
            switch attempt(path) {
            case .taken(let lock): return lock
            case .impossible: return nil
            case .busy: break
            }
            let waited = ContinuousClock.now - start
            if !hasReported, waited >= lockTimeout.quiet {
                isWaiting()
                hasReported = true
            }
            guard waited < lockTimeout.total else { return nil }
            try await Task.sleep(for: pause(after: waited))
        }
    }

    private static func pause(after waited: Duration) -> Duration {
        max(.milliseconds(2), .milliseconds(50) / (1 + waited / .seconds(1))) * Double.random(in: 0.5...1.5)
    }

    private enum Acquisition {
        case taken(RecorderLock), busy, impossible
    }

    private static func attempt(_ path: String) -> Acquisition {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return .impossible }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let isBusy = errno == EWOULDBLOCK || errno == EINTR
            close(descriptor)
            return isBusy ? .busy : .impossible
        }
        var (held, named) = (stat(), stat())
        guard fstat(descriptor, &held) == 0, isLockFile(held) else {
            close(descriptor)
            return .impossible
        }
        // Who held it before may have removed the file between the two calls above: then it locks nobody out.
        guard lstat(path, &named) == 0, named.st_ino == held.st_ino, named.st_dev == held.st_dev else {
            close(descriptor)
            return .busy
        }
        return .taken(RecorderLock(descriptor: descriptor, path: path, name: LockFileName.leave(path)))
    }

    /// Anything else of that name is somebody's own, and not removed.
    private static func isLockFile(_ file: stat) -> Bool { file.st_mode & S_IFMT == S_IFREG && file.st_size == 0 }

    func end() {
        LockFileName.forget(name)
        unlink(path)
        close(descriptor)
    }
}
