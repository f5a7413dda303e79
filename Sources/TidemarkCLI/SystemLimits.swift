import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the system must allow a command, tried before the command needs it.
///
/// libdispatch reports no lack of anything: without a thread it waits for ever, and without a file descriptor it ends the
/// process by a signal.
struct SystemLimits {
    let descriptors: Int
    let threads: Int
    /// Address space in MiB, including the threads' stacks.
    let memory: Int

    /// For a command that reads files.
    static let report = SystemLimits(descriptors: 4, threads: 2, memory: 128)

    /// For a command that asks AWS: libdispatch starts as many threads as there are processors and a few more, libcurl one
    /// and one for each name that is looked up.
    static let walk = SystemLimits(
        descriptors: besideConnections + perConnection, threads: walkers, memory: 256 + 10 * walkers)

    private static let walkers = sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 4

    /// The lock, and what libdispatch (four for its events, one to look at its threads) and libcurl (two to be woken) need
    /// for themselves. The history is opened when no name is looked up any more.
    private static let besideConnections = 8
    /// A connection's own, two sockets that tell libcurl of a finished look-up, and what the look-up itself opens.
    private static let perConnection = 6

    /// How many connections there may be at once without taking the descriptors that something else needs.
    static func connections(atMost most: Int) -> Int {
        let free = freeDescriptors(atMost: besideConnections + perConnection * most)
        return max(1, (free - besideConnections) / perConnection)
    }

    /// - Throws: `Failure` that names the limit which is too low.
    func check() throws(Failure) {
        let free = Self.freeDescriptors(atMost: descriptors)
        guard free >= descriptors else {
            throw Failure(
                .unavailable, "too few file descriptors are left", why: "\(free) of the \(descriptors) that are needed",
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
                remedy: "raise the limit with 'ulimit -u', or the container's limit of processes")
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

    /// Starts so many at once, and lets them end.
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
