import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct DriftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Hold a snapshot against the documented baseline.",
        discussion: """
            Several formats are written from one comparison, each into a file or one to stdout:
            --format junit=drift.xml --format sarif=drift.sarif --format markdown=-

            Exit status: 0 in sync, 2 drifted, 3 nothing drifted but not everything could be seen, 1 an error. --fail-on and
            --new-only say what counts for it; what does not is still reported.
            """)

    @Option(
        help: ArgumentHelp(
            "The baseline's file, or shipped:antenna/documented for one that comes with tidemark (else the "
                + "environment's in tidemark.yml).", valueName: "file"))
    var baseline: String?

    @Option(help: "When: latest, latest~1, @42, release:v9, release:v9~1, or a time.")
    var at: String = "latest"

    @Option(help: "How old the latest snapshot may be to count as evidence: 30m, 24h, 7d.")
    var maxAge: TimeSpan = .hours(24)

    @Option(help: "What counts for the exit status: error, warning (errors too) or never.")
    var failOn: FailOn = .warning

    @Flag(help: "Only what the snapshot before did not have counts, and is listed.")
    var newOnly = false

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: DriftFormatOptions

    func run() throws {
        let project = try history.project()
        let file = try BaselineFile.name(baseline, history, in: project)
        let baseline = try BaselineFile.read(file, remedy: "name a YAML file with --baseline")
        let log = try History.open(readingAt: history.path(in: project))
        let moment = try Moment(at)
        let environment = try log.environment(history.name(in: project) ?? baseline.environment)
        let drift = try log.drift(
            of: environment, at: moment, from: baseline, file: file, now: .now(),
            maximumAge: moment == .latest(back: 0) ? maxAge.milliseconds : nil)
        let gate = Gate(threshold: failOn.severity, isOfNewOnly: newOnly)
        try output.write(DriftReport(drift, gate: gate, workspace: .current, version: Version.current))
        switch drift.verdict(at: gate) {
        case .inSync: return
        case .drifted: throw ExitStatus.drifted
        case .unseen: throw ExitStatus.unseen
        }
    }
}

/// The least severity that counts; a note never does.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never

    var severity: Severity? { Severity(rawValue: rawValue) }
}
