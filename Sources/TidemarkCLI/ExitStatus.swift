import ArgumentParser
import StrictYAML
import Tidemark

/// The exit statuses of all commands; the README has the same table.
enum ExitStatus: Int32, Error {
    /// drift: in sync; record: recorded; who, show, tags, log: found; diff: compared.
    case success = 0
    /// An error, or not found; nothing was recorded.
    case failure = 1
    /// drift: drifted; diff --exit-code: changed.
    case drifted = 2
    /// Nothing drifted or changed, but not everything was seen; record --strict: not everything was seen.
    case unseen = 3
    /// record: recorded, and the deployment failed.
    case failedDeployment = 4
    /// An invalid command line; the argument parser exits with it too.
    case usage = 64
    case interrupted = 130

    /// Exits after an error: prints one line for a failure, and the argument parser's message for a usage error.
    static func end(with error: any Error) -> Never {
        Console.progress.end()
        switch error {
        case let status as ExitStatus: TidemarkCommand.exit(withError: ExitCode(status.rawValue))
        case let failure as Failure: end(["tidemark: \(failure.message)"])
        case let baseline as FileError: end(baseline.lines.map { "tidemark: \($0)" })
        // Only a command that needs a subcommand throws this; `--help` is another error.
        case let help as CleanExit:
            Console.note("Error: no command was given\n\n\(TidemarkCommand.fullMessage(for: help))")
            TidemarkCommand.exit(withError: ExitCode(usage.rawValue))
        case _ where TidemarkCommand.exitCode(for: error) == .success: TidemarkCommand.exit(withError: error)
        default:
            // It quotes what was typed, so each line is made printable.
            let lines = TidemarkCommand.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines { Console.note(line.printable) }
            TidemarkCommand.exit(withError: TidemarkCommand.exitCode(for: error))
        }
    }

    private static func end(_ lines: [String]) -> Never {
        // A name in it may have line breaks or control characters.
        for line in lines { Console.note(line.printable) }
        TidemarkCommand.exit(withError: ExitCode(failure.rawValue))
    }
}
