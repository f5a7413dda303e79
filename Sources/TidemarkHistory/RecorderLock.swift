import FoundationEssentials
import Synchronization
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How long a recorder lets others go first.
public struct LockTimeout: Sendable, Hashable {
    /// How long it waits for its turn, and walks again where others do not keep to theirs, in all.
    public var total: Duration
    /// How long it waits before it says so.
    public var quiet: Duration

    /// Five minutes: eight recorders of half a minute each; and no pipeline hangs for long on one that was stopped.
    public init(total: Duration = .seconds(300), quiet: Duration = .seconds(5)) {
        self.total = total
        self.quiet = quiet
    }
}

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

/// The name of this process's lock file, where a signal handler can get at it; whoever takes it out owns its memory.
private enum LockFileName {
    /// The address of a C string, or 0.
    private static let current = Atomic<UInt>(0)

    /// Leaves a name for `remove`; 0 where it is in nobody's interest, since another turn of this process has left one.
    static func leave(_ path: String) -> UInt {
        let copy = strdup(path)
        let address = UInt(bitPattern: copy)
        if current.compareExchange(expected: 0, desired: address, ordering: .relaxed).exchanged { return address }
        free(copy)
        return 0
    }

    static func forget(_ address: UInt) {
        guard address != 0, current.compareExchange(expected: address, desired: 0, ordering: .relaxed).exchanged else {
            return
        }
        free(UnsafeMutablePointer<CChar>(bitPattern: address))
    }

    static func remove() {
        if let path = UnsafePointer<CChar>(bitPattern: current.exchange(0, ordering: .relaxed)) { unlink(path) }
    }
}

extension History {
    /// Tidies up in a signal handler that is about to end the process: a turn at recording leaves no file behind.
    ///
    /// Async-signal-safe: an atomic exchange and `unlink`.
    public static func withdraw() { LockFileName.remove() }
}
