#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs other programs for their output; passed in, like the clock and the files.
public struct ClientCommands: Sendable {
    /// The exit status and the output of a program.
    public struct ProgramResult: Sendable, Hashable {
        /// The exit status, or 128 plus the number of the signal that ended the program.
        public let status: Int32
        /// The bytes that the program wrote to stdout.
        public let output: [UInt8]

        /// Creates a result.
        public init(status: Int32, output: [UInt8]) {
            self.status = status
            self.output = output
        }
    }

    /// Runs a program, found in `PATH`, until it exits.
    /// - Throws: `AWSError` with reason `credentials` if it cannot be started, takes longer than `timeout`, or writes
    ///   more than a megabyte.
    public var run:
        @Sendable (_ command: [String], _ environment: [String: String], _ timeout: Duration) async throws(AWSError) ->
            ProgramResult

    /// Creates a runner of programs from its function.
    public init(
        run: @escaping @Sendable ([String], [String: String], Duration) async throws(AWSError) -> ProgramResult
    ) {
        self.run = run
    }

    /// Runs the system's programs with this process's stdin; their stderr is discarded.
    public static let system = ClientCommands(run: runChild)
}

@Sendable private func runChild(
    _ command: [String], _ environment: [String: String], _ timeout: Duration
) async throws(AWSError) -> ClientCommands.ProgramResult {
    // Waiting blocks a thread; it must not be one of the few that all tasks share.
    let result = await withCheckedContinuation { continuation in
        let isStarted = DetachedThread.start {
            continuation.resume(
                returning: Result { () throws(AWSError) in
                    try ChildProcess(command, environment).finish(within: timeout)
                })
        }
        if !isStarted {
            continuation.resume(
                returning: .failure(AWSError(reason: .credentials, message: "no thread is left to run it")))
        }
    }
    return try result.get()
}
