import ArgumentParser
import StrictYAML
import Tidemark

/// The exit statuses of all commands; the README has the same table.
enum ExitStatus: Int32, Error {
    /// drift: in sync; record: recorded; who, show, tags, log: found; query: answered; diff: compared.
    case success = 0
    /// An error, or not found; nothing was recorded.
    case failure = 1
    /// drift: drifted; diff --exit-code: changed; history verify: something does not hold; releases --check: one
    /// that nobody recorded.
    case drifted = 2
    /// Nothing drifted or changed, but not everything was seen; record --strict: not everything was seen; doctor: the same, or
    /// something endangers the history.
    case unseen = 3
    /// record: recorded, and the deployment failed.
    case failedDeployment = 4
    /// record, history import: the snapshot may have been recorded; history push, seal: the history may have ended.
    case unknownOutcome = 5
    /// An invalid command line; the argument parser exits with it too.
    case usage = 64
    case interrupted = 130

    /// Exits after an error: prints one line for a failure, and the argument parser's message for a usage error.
    /// - Parameter command: The command that was run; nil if none was parsed.
    static func end(with error: any Error, in command: (any ParsableCommand.Type)?) -> Never {
        Console.progress.end()
        switch error {
        case let status as ExitStatus: TidemarkCommand.exit(withError: ExitCode(status.rawValue))
        case let failure as Failure:
            end(["tidemark: \(failure.message)"], failure.code == .unknownOutcome ? .unknownOutcome : .failure)
        // The parser adds the usage to its own errors alone.
        case let error as ValidationError:
            let usage = command.map { "\nUsage: \(TidemarkCommand.usageString(for: $0))" }
            note("Error: \(error.message)\(usage ?? "")")
            TidemarkCommand.exit(withError: ExitCode(Self.usage.rawValue))
        case let baseline as FileError: end(baseline.lines.map { "tidemark: \($0)" })
        // Only a command that needs a subcommand throws this; `--help` is another error.
        case let help as CleanExit:
            Console.note("Error: no command was given\n\n\(TidemarkCommand.fullMessage(for: help))")
            TidemarkCommand.exit(withError: ExitCode(usage.rawValue))
        case _ where TidemarkCommand.exitCode(for: error) == .success: TidemarkCommand.exit(withError: error)
        default:
            note(TidemarkCommand.fullMessage(for: error))
            TidemarkCommand.exit(withError: TidemarkCommand.exitCode(for: error))
        }
    }

    /// Prints a text that quotes what was typed, so each line is made printable.
    private static func note(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { Console.note(line.printable) }
    }

    private static func end(_ lines: [String], _ status: ExitStatus = .failure) -> Never {
        // A name in it may have line breaks or control characters.
        for line in lines { Console.note(line.printable) }
        TidemarkCommand.exit(withError: ExitCode(status.rawValue))
    }
}
