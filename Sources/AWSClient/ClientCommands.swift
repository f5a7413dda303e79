#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Runs other programs for their output, passed in as the clock and the files are.
public struct ClientCommands: Sendable {
    /// How a program ended.
    public struct Outcome: Sendable, Hashable {
        /// Its exit status, or 128 and the number of the signal that ended it.
        public let status: Int32
        /// What it wrote to stdout.
        public let output: [UInt8]

        public init(status: Int32, output: [UInt8]) {
            self.status = status
            self.output = output
        }
    }

    /// Runs a program, looked for as a shell does, to its end.
    /// - Throws: An `AWSError` of kind `credentials` where it cannot be started, takes longer than `timeout`, or writes
    ///   more than a megabyte.
    public var run:
        @Sendable (_ command: [String], _ environment: [String: String], _ timeout: Duration) async throws(AWSError) ->
            Outcome

    public init(
        run: @escaping @Sendable ([String], [String: String], Duration) async throws(AWSError) -> Outcome
    ) {
        self.run = run
    }

    /// The system's programs: with this process's stdin, and without any stderr.
    public static let system = ClientCommands(run: runChild)
}

@Sendable private func runChild(
    _ command: [String], _ environment: [String: String], _ timeout: Duration
) async throws(AWSError) -> ClientCommands.Outcome {
    // Waiting blocks a thread, and must not block one of the few that all tasks share.
    let result = await withCheckedContinuation { continuation in
        let isStarted = DetachedThread.start {
            continuation.resume(
                returning: Result { () throws(AWSError) in
                    try ChildProcess(command, environment).finish(within: timeout)
                })
        }
        if !isStarted {
            continuation.resume(returning: .failure(AWSError(kind: .credentials, message: "there is no thread left")))
        }
    }
    return try result.get()
}
