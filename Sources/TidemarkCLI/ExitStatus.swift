import StrictYAML
import ArgumentParser
import Tidemark

/// What a command's exit status means; every one stands in this table and in the README.
enum ExitStatus: Int32, Error {
    /// drift: in sync; record: recorded; who, show, tags, log: found; diff: compared.
    case success = 0
    /// An error; nothing was recorded, or nothing was found.
    case failure = 1
    /// drift: drifted; diff --exit-code: changed.
    case drifted = 2
    /// Nothing drifted or changed, but not everything could be seen; record --strict: coverage is incomplete.
    case unseen = 3
    /// Recorded, and the deployment that it shows failed.
    case failedDeployment = 4
    /// A command line that cannot be meant; the argument parser ends with it too.
    case usage = 64
    case interrupted = 130

    /// Ends the command: an error is said in its one line, a usage error by the argument parser (64).
    static func end(with error: any Error) -> Never {
        Console.progress.end()
        switch error {
        case let status as ExitStatus: TidemarkCommand.exit(withError: ExitCode(status.rawValue))
        case let failure as Failure: end(["tidemark: \(failure.message)"])
        case let baseline as FileError: end(baseline.lines.map { "tidemark: \($0)" })
        // Only a command that does nothing without a subcommand throws this: `--help` is another error.
        case let help as CleanExit:
            Console.note("Error: no command was given\n\n\(TidemarkCommand.fullMessage(for: help))")
            TidemarkCommand.exit(withError: ExitCode(usage.rawValue))
        case _ where TidemarkCommand.exitCode(for: error) == .success: TidemarkCommand.exit(withError: error)
        default:
            // It quotes what was typed; only the lines of the parser's own end it.
            let lines = TidemarkCommand.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines { Console.note(line.printable) }
            TidemarkCommand.exit(withError: TidemarkCommand.exitCode(for: error))
        }
    }

    private static func end(_ lines: [String]) -> Never {
        // What failed may bear a name with line breaks or worse in it.
        for line in lines { Console.note(line.printable) }
        TidemarkCommand.exit(withError: ExitCode(failure.rawValue))
    }
}
