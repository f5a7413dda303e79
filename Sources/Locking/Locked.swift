#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A value that one thread at a time may use.
///
/// `Synchronization.Mutex` would do, but the thread sanitizer reports false races of it. `@unchecked Sendable` holds
/// because the value is reached only between lock and unlock.
package final class Locked<Value>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var value: Value

    package init(_ value: Value) {
        self.value = value
        lock.initialize(to: pthread_mutex_t())
        // The call cannot fail with default attributes on fresh memory.
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return try body(&value)
    }
}
