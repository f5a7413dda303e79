import TidemarkBaseline
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
            --new-only say what counts for it; what does not is still reported. With --replay it is 0 whatever is found.
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

    @Flag(help: "Hold the baseline against every stored snapshot: when it would have fired, for how long, how often.")
    var replay = false

    @Option(help: "From when on to replay, as for --at (else from the first snapshot).")
    var since: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: DriftFormatOptions

    func validate() throws {
        if since != nil, !replay { throw ValidationError("--since is for --replay.") }
        if replay, at != "latest" || newOnly || failOn != .warning {
            throw ValidationError("--replay is about every snapshot: --at, --fail-on and --new-only are about one.")
        }
        if replay { try output.validateAsTextOrJSON() }
    }

    func run() throws {
        let project = try history.projectFile()
        let file = try BaselineFile.name(baseline, history, in: project)
        let baseline = try BaselineFile.read(file, remedy: "name a YAML file with --baseline")
        let path = try history.path(in: project)
        try output.keep(
            ["", "-journal", "-wal", "-shm"].map { ("the history", path + $0) } + [("the project's file", project.name)]
                + baseline.files.map { ("the baseline", $0.name) })
        let opened = try history.open(path, history.name(in: project) ?? baseline.environment)
        let (log, environment) = (opened.log, opened.environment)
        if replay {
            let since = try since.map { text throws(Failure) in try Moment(text) }
            let replay = try Replay(
                of: environment, from: baseline, over: log.states(of: environment),
                from: log.firstSnapshot(of: environment, since: since), kinds: .all)
            let report = ReplayReport(replay, from: opened.heads)
            return try output.write(text: report.text(_:), json: report.json)
        }
        let moment = try Moment(at)
        let drift = try opened.drift(
            at: moment, from: baseline, now: HistoryClock.system.now(),
            maximumAge: moment == .latest(back: 0) ? maxAge.milliseconds : nil)
        let gate = DriftGate(threshold: failOn.severity, isOfNewOnly: newOnly)
        try output.write(
            DriftReport(
                drift, gate: gate, workspace: .current, version: Version.current, from: opened.heads,
                remedyWords: { $0.asTyped }))
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
