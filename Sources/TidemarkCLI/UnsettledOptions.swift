import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory

/// What is done about an environment that is not at rest.
struct UnsettledOptions: ParsableArguments {
    @Option(
        defaultAsFlag: TimeSpan.minutes(20), parsing: .next,
        help: ArgumentHelp(
            "Wait until the environment is settled before it is recorded: so long at most, such as 90s or 2h.",
            valueName: "time"))
    var wait: TimeSpan?

    @Flag(help: "Record a release though the environment is unsettled; every report says so.")
    var allowUnsettled = false

    func validate() throws {
        if wait != nil, allowUnsettled {
            throw ValidationError("--wait and --allow-unsettled exclude each other: pass one of them.")
        }
    }

    /// - Parameter settle: Waits until the environment is at rest, or the deadline is over.
    func policy(
        settle: @escaping @Sendable (_ reasons: [String], _ deadline: ContinuousClock.Instant) async throws -> [String]
    ) -> WhenUnsettled {
        if let wait { return .wait(.init(limit: wait.duration, settle: settle)) }
        return allowUnsettled ? .allow : .refuse
    }
}
