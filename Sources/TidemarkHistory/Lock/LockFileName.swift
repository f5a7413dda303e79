import Synchronization
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The name of this process's lock file, where a signal handler can get at it; whoever takes it out owns its memory.
enum LockFileName {
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
