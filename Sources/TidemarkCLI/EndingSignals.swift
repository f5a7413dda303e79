import TidemarkHistory

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The signals that end the program, and what is removed before they do: the lock file and the progress line.
///
/// Nothing else needs it: an append is one transaction, and what was not committed does not exist.
enum EndingSignals {
    static func install() {
        for number in [SIGINT, SIGTERM] { signal(number, end) }
        if !isIgnored(SIGHUP) { signal(SIGHUP, end) }
        // A write beyond the limit on the size of files then fails like a write to a full disk.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Whether whoever started the program ignores the signal, as nohup(1) does; it is ignored from here on if so.
    private static func isIgnored(_ number: Int32) -> Bool {
        unsafeBitCast(signal(number, SIG_IGN), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    /// Async-signal-safe, as all that it calls.
    private static let end: @convention(c) (Int32) -> Void = { number in
        History.removeLockFile()
        ProgressLine.withdraw()
        if number == SIGINT { _exit(ExitStatus.interrupted.rawValue) }
        // The process that waits for this one learns which signal it was; a shell shows it as 128 and its number.
        signal(number, SIG_DFL)
        raise(number)
    }
}
