import HistoryFiles

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Handlers of the signals that end the program: they remove the lock file, the unfinished copy or the private copies, and the
/// progress line.
///
/// Nothing else needs to be removed: an append is one transaction.
enum EndingSignals {
    static func install() {
        for number in [SIGINT, SIGTERM] { signal(number, end) }
        if !isIgnored(SIGHUP) { signal(SIGHUP, end) }
        // If it is ignored, a write beyond the file size limit fails like a write to a full disk.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Whether the parent process ignores the signal, as nohup(1) does. If so, it stays ignored.
    private static func isIgnored(_ number: Int32) -> Bool {
        unsafeBitCast(signal(number, SIG_IGN), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Async-signal-safe, like everything that it calls.
    private static let end: @convention(c) (Int32) -> Void = { number in
        TemporaryFileName.removeAll()
        ProgressLine.withdraw()
        if number == SIGINT { _exit(ExitStatus.interrupted.rawValue) }
        // The parent process sees which signal it was; a shell shows it as 128 and its number.
        signal(number, SIG_DFL)
        raise(number)
    }
}
