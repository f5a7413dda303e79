import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The names of what this process removes before it ends: a signal handler can read them. The caller that removes a name frees its
/// memory.
package enum TemporaryFileName {
    /// The address of a C string, or 0: that of a lock file or an unfinished copy.
    private static let file = Atomic<UInt>(0)
    /// The address of C strings, up to an empty one, or 0: the files of a private folder, and last the folder.
    private static let folder = Atomic<UInt>(0)

    /// Stores a name for `removeAll`; returns 0 if this process has stored another name already.
    package static func store(_ path: String) -> UInt { store([path], in: file) }

    /// Stores the names of a folder and of the files in it, like `store(_:)`.
    package static func store(folder path: String, files: [String]) -> UInt {
        store(files.map { "\(path)/\($0)" } + [path], in: folder)
    }

    private static func store(_ paths: [String], in current: borrowing Atomic<UInt>) -> UInt {
        let bytes: [UInt8] = paths.flatMap { Array($0.utf8) + [0] } + [0]
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
        copy.initialize(from: bytes, count: bytes.count)
        let address = UInt(bitPattern: copy)
        if current.compareExchange(expected: 0, desired: address, ordering: .relaxed).exchanged { return address }
        copy.deallocate()
        return 0
    }

    package static func clear(_ address: UInt) {
        guard address != 0 else { return }
        let isFile = file.compareExchange(expected: address, desired: 0, ordering: .relaxed).exchanged
        guard isFile || folder.compareExchange(expected: address, desired: 0, ordering: .relaxed).exchanged else {
            return
        }
        UnsafeMutablePointer<UInt8>(bitPattern: address)?.deallocate()
    }

    /// Removes this process's temporary files; called by a signal handler that is about to end the process.
    ///
    /// Async-signal-safe: atomic exchanges, `unlink` and `rmdir`.
    package static func removeAll() {
        remove(file.exchange(0, ordering: .relaxed))
        remove(folder.exchange(0, ordering: .relaxed))
    }

    private static func remove(_ address: UInt) {
        guard var path = UnsafePointer<CChar>(bitPattern: address) else { return }
        while path.pointee != 0 {
            if unlink(path) != 0 { rmdir(path) }
            path += strlen(path) + 1
        }
    }
}
