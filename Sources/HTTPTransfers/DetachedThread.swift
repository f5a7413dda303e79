#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A thread that is never joined.
package enum DetachedThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on its own thread.
    /// - Returns: False if the system has no thread left.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let context = Unmanaged.passRetained(Body(body)).toOpaque()
        if create(context) { return true }
        Unmanaged<Body>.fromOpaque(context).release()
        return false
    }

    #if canImport(Glibc)
    private static func create(_ context: UnsafeMutableRawPointer) -> Bool {
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runDetached, context) == 0 else { return false }
        pthread_detach(thread)
        return true
    }
    #else
    private static func create(_ context: UnsafeMutableRawPointer) -> Bool {
        var thread: pthread_t?
        guard pthread_create(&thread, nil, { runDetached($0) }, context) == 0, let thread else { return false }
        pthread_detach(thread)
        return true
    }
    #endif

    fileprivate static func run(_ context: UnsafeMutableRawPointer) {
        // A connection that breaks while OpenSSL writes raises SIGPIPE, which would end the process.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    }
}

private func runDetached(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { DetachedThread.run(context) }
    return nil
}
