#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A running child process and the read end of the pipe that is its stdout.
struct ChildProcess {
    private static let maximumOutput = 1 << 20

    private let id: pid_t
    private let output: Int32

    init(_ command: [String], _ environment: [String: String]) throws(AWSError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Self.failure("it cannot be started: no pipe", errno) }
        defer { close(ends[1]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var id = pid_t()
        let error = Self.spawn(&id, command, environment, output: ends[1])
        guard error == 0 else {
            close(ends[0])
            throw Self.failure("it cannot be started", error)
        }
        (self.id, output) = (id, ends[0])
    }

    /// Reads all output and waits for the exit, blocking this thread. A process that takes too long is killed.
    ///
    /// A process runs in real time, so its time limit uses the system's clock. Tests replace `ClientCommands` as a whole.
    func finish(within timeout: Duration) throws(AWSError) -> ClientCommands.ProgramResult {
        defer { close(output) }
        let deadline = ContinuousClock.now + timeout
        guard let bytes = read(until: deadline), let status = wait(until: deadline) else {
            kill(id, SIGKILL)
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            throw AWSError(
                reason: .credentials,
                message: "it did not end within \(timeout.components.seconds) seconds, or wrote too much")
        }
        return ClientCommands.ProgramResult(status: status, output: bytes)
    }

    private func read(until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count <= Self.maximumOutput {
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return nil }
            var state = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, Int32(min(left.rounded(.up), 60_000))) > 0 else { continue }
            let count = Self.readSome(output, &chunk)
            if count == 0 { return bytes }
            if count > 0 { bytes += chunk.prefix(count) } else if errno != EINTR { return nil }
        }
        return nil
    }

    private static func readSome(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, &chunk, chunk.count)
        #else
        Darwin.read(descriptor, &chunk, chunk.count)
        #endif
    }

    /// Waits for the exit; a program may close its output before it exits.
    private func wait(until deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        var pause: UInt32 = 100
        while ContinuousClock.now < deadline {
            if waitpid(id, &status, WNOHANG) == id {
                let signal = status & 0x7F
                return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
            }
            usleep(pause)
            pause = min(pause * 2, 20_000)
        }
        return nil
    }

    private static func failure(_ what: String, _ error: Int32) -> AWSError {
        AWSError(reason: .credentials, message: "\(what): \(String(cString: strerror(error)))")
    }
}

extension ChildProcess {
    /// Starts the process.
    /// - Returns: 0, or the error number.
    private static func spawn(
        _ id: inout pid_t, _ command: [String], _ environment: [String: String], output: Int32
    ) -> Int32 {
        guard let program = command.first else { return EINVAL }
        #if canImport(Glibc)
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // This thread blocks SIGPIPE, which the child must not inherit.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        return withCStrings(command) { arguments in
            withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawnp(&id, program, &actions, &attributes, arguments, variables)
            }
        }
    }

    /// Calls `body` with the texts as C expects them: an array that ends with null.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
