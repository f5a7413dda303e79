import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The name of a file that this process removes before it ends, a lock file or an unfinished copy: a signal handler can read it.
/// The caller that removes the name frees its memory.
enum TemporaryFileName {
    /// The address of a C string, or 0.
    private static let current = Atomic<UInt>(0)

    /// Stores a name for `removeFile`; returns 0 if this process has stored another name already.
    static func store(_ path: String) -> UInt {
        let copy = strdup(path)
        let address = UInt(bitPattern: copy)
        if current.compareExchange(expected: 0, desired: address, ordering: .relaxed).exchanged { return address }
        free(copy)
        return 0
    }

    static func clear(_ address: UInt) {
        guard address != 0, current.compareExchange(expected: address, desired: 0, ordering: .relaxed).exchanged else {
            return
        }
        free(UnsafeMutablePointer<CChar>(bitPattern: address))
    }

    static func removeFile() {
        if let path = UnsafePointer<CChar>(bitPattern: current.exchange(0, ordering: .relaxed)) { unlink(path) }
    }
}

extension History {
    /// Removes this process's temporary file; called by a signal handler that is about to end the process.
    ///
    /// Async-signal-safe: an atomic exchange and `unlink`.
    package static func removeTemporaryFile() { TemporaryFileName.removeFile() }
}
