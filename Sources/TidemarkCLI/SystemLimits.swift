import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The resources that a command needs, checked before it starts.
///
/// libdispatch reports no shortage: without a thread it waits forever, and without a file descriptor it ends the process
/// by a signal.
struct SystemLimits {
    let descriptors: Int
    let threads: Int
    /// Address space in MiB, including the threads' stacks.
    let memory: Int

    /// For a command that reads files.
    static let report = SystemLimits(descriptors: 4, threads: 2, memory: 128)

    /// For a command that calls AWS: libdispatch starts a few more threads than there are processors, libcurl one, and one
    /// for each name that it resolves.
    static let walk = SystemLimits(
        descriptors: besideConnections + perConnection, threads: walkThreads, memory: 256 + 10 * walkThreads)

    private static let walkThreads = sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 4

    /// Descriptors for the lock file, libdispatch (four for events, one to inspect its threads) and libcurl (two to be
    /// woken). The history is opened after all names are resolved.
    private static let besideConnections = 8
    /// Descriptors for a connection, for the two sockets that tell libcurl that a name is resolved, and for resolving it.
    private static let perConnection = 6

    /// The number of connections at once that leaves the other descriptors free.
    static func connections(atMost most: Int) -> Int {
        let free = freeDescriptors(atMost: besideConnections + perConnection * most)
        return max(1, (free - besideConnections) / perConnection)
    }

    /// - Throws: `Failure` that names the limit that is too low.
    func check() throws(Failure) {
        let free = Self.freeDescriptors(atMost: descriptors)
        guard free >= descriptors else {
            throw Failure(
                .unavailable, "too few file descriptors are left", why: "\(descriptors) are needed, \(free) are free",
                remedy: "raise the limit with 'ulimit -n 256'")
        }
        guard Self.isFree(bytes: memory << 20) else {
            throw Failure(
                .unavailable, "too little memory is left", why: "\(memory) MiB of address space are needed",
                remedy: "raise the limit with 'ulimit -v unlimited'")
        }
        guard Self.canStart(threads: threads) else {
            throw Failure(
                .unavailable, "too few threads can be started", why: "\(threads) are needed",
                remedy: "raise the limit with 'ulimit -u', or the process limit of the container")
        }
    }

    private static func freeDescriptors(atMost most: Int) -> Int {
        let limit = sysconf(Int32(_SC_OPEN_MAX))
        var (free, descriptor) = (0, Int32(0))
        while free < most, limit < 0 || Int(descriptor) < limit {
            if fcntl(descriptor, F_GETFD) < 0 { free += 1 }
            descriptor += 1
        }
        return free
    }

    private static func isFree(bytes: Int) -> Bool {
        let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard start != MAP_FAILED else { return false }
        munmap(start, bytes)
        return true
    }

    /// Starts a number of threads at once, and ends them.
    private static func canStart(threads count: Int) -> Bool {
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        gate.initialize(to: pthread_mutex_t())
        pthread_mutex_init(gate, nil)
        pthread_mutex_lock(gate)
        var started: [pthread_t] = []
        while started.count < count, let thread = start(waitingFor: gate) { started.append(thread) }
        pthread_mutex_unlock(gate)
        for thread in started { pthread_join(thread, nil) }
        pthread_mutex_destroy(gate)
        gate.deallocate()
        return started.count == count
    }

    #if canImport(Glibc)
    private static func start(waitingFor gate: UnsafeMutablePointer<pthread_mutex_t>) -> pthread_t? {
        var thread = pthread_t()
        return pthread_create(&thread, nil, passGate, gate) == 0 ? thread : nil
    }
    #else
    private static func start(waitingFor gate: UnsafeMutablePointer<pthread_mutex_t>) -> pthread_t? {
        var thread: pthread_t?
        return pthread_create(&thread, nil, { passGate($0) }, gate) == 0 ? thread : nil
    }
    #endif
}

private func passGate(_ gate: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let gate = gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
    pthread_mutex_lock(gate)
    pthread_mutex_unlock(gate)
    return nil
}
