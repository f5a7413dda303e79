import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory

/// The options that decide whether an unsettled environment is recorded.
struct UnsettledOptions: ParsableArguments {
    @Option(
        defaultAsFlag: WaitTime(argument: "20m"), parsing: .next,
        help: ArgumentHelp(
            "Wait until the environment is settled before it is recorded: so long at most, such as 90s or 2h.",
            valueName: "time"))
    var wait: WaitTime?

    @Flag(help: "Record a release though the environment is unsettled; every report says so.")
    var allowUnsettled = false

    func validate() throws {
        // The parser takes an empty value for none.
        if let wait = CommandLine.arguments.contains("--wait=") ? WaitTime(argument: "") : wait, wait.span == nil {
            throw ValidationError("The value '\(wait.text.printable)' is invalid for '--wait <time>'")
        }
        if wait != nil, allowUnsettled {
            throw ValidationError("--wait and --allow-unsettled exclude each other: pass one of them.")
        }
    }

    /// - Parameter settle: Polls until the environment is settled or the timeout is over.
    func policy(
        settle:
            @escaping @Sendable (_ reasons: [UnsettledReason], _ timeout: Duration) async throws -> [UnsettledReason]
    ) -> SettlingPolicy {
        if let limit = wait?.span?.duration { return .wait(.init(limit: limit, settle: settle)) }
        return allowUnsettled ? .allow : .refuse
    }
}

/// What is written behind `--wait`, whether or not it is a time.
///
/// The parser of the command line takes an option whose value it refuses for one without a value, which waits for the default
/// time; so nothing is refused before the options are validated.
struct WaitTime: ExpressibleByArgument, CustomStringConvertible {
    let text: String

    init(argument: String) { text = argument }

    var span: TimeSpan? { TimeSpan(argument: text) }
    var description: String { text }
}
