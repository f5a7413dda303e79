import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory

/// The options that decide whether an unsettled environment is recorded.
struct UnsettledOptions: ParsableArguments {
    @Option(
        defaultAsFlag: TypedTimeSpan(argument: "20m"), parsing: .next,
        help: ArgumentHelp(
            "Wait until the environment is settled, at most this long: 90s, 2h.",
            valueName: "time"))
    var wait: TypedTimeSpan?

    @Flag(help: "Record a release although the environment is unsettled; every report marks it.")
    var allowUnsettled = false

    func validate() throws {
        // The parser treats an empty value as no value.
        try (CommandLine.arguments.contains("--wait=") ? TypedTimeSpan(argument: "") : wait)?.check("--wait")
        if wait != nil, allowUnsettled {
            throw ValidationError("--wait and --allow-unsettled are mutually exclusive: pass one of them")
        }
    }

    /// - Parameter settle: Polls until the environment is settled or the timeout has passed.
    func policy(
        settle:
            @escaping @Sendable (_ reasons: [UnsettledReason], _ timeout: Duration) async throws -> [UnsettledReason]
    ) -> SettlingPolicy {
        if let limit = wait?.span?.duration { return .wait(.init(limit: limit, settle: settle)) }
        return allowUnsettled ? .allow : .refuse
    }
}
