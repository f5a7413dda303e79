import ArgumentParser
import CivilTime
import Tidemark
import TidemarkBaseline
import TidemarkHistory
import TidemarkReports

struct DriftCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Compare a snapshot with the documented baseline.",
        discussion: """
            Several formats can be written at once, each to a file and one to stdout: \
            --format junit=drift.xml --format sarif=drift.sarif --format markdown=-

            Exit status: 0 in sync, 2 drifted, 3 nothing drifted but not everything was seen, 1 an error. Findings that \
            --fail-on or --new-only leave out do not affect it. With --replay it is 0 whatever is found.
            """)

    @Option(
        help: ArgumentHelp(
            "The baseline's file, or shipped:NAME such as shipped:antenna/documented. Default: the environment's in "
                + "tidemark.yml.", valueName: "file"))
    var baseline: String?

    @Flag(
        help:
            "Evaluate the built-in rules alone, without a baseline: \(BuiltInRule.names.joined(separator: ", ")).")
    var builtIn = false

    @Option(help: "The moment: latest, latest~1, @42, release:v9, release:v9~1 or a time.")
    var at: String = "latest"

    @Option(help: "The maximum age of the latest snapshot: 30m, 24h, 7d.")
    var maxAge = TypedTimeSpan(argument: "24h")

    @Option(
        help:
            "Lowest severity that makes drift exit with 2: error, warning or never, which ignores gaps and the age too."
    )
    var failOn: FailOn = .warning

    @Flag(help: "List only the findings that the snapshot before did not have; others do not affect the exit status.")
    var newOnly = false

    @Flag(
        help:
            "Exit with 3 if the snapshot is unsettled or a host is not followed, and count a failed deployment and a terminated environment as errors."
    )
    var strict = false

    @Flag(
        help:
            "Compare the baseline with every snapshot: show when each expectation drifted, how often and for how long.")
    var replay = false

    @Option(help: "The first moment to replay, as for --at. Default: the first snapshot.")
    var since: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: DriftFormatOptions

    func validate() throws {
        try maxAge.check("--max-age")
        if since != nil, !replay { throw ValidationError("--since needs --replay") }
        if builtIn, baseline != nil {
            throw ValidationError("--built-in evaluates no baseline: leave out --baseline, or --built-in")
        }
        if replay, at != "latest" || newOnly || failOn != .warning || builtIn || strict {
            throw ValidationError(
                "--replay takes every snapshot and a baseline: leave out --at, --fail-on, --new-only, --built-in and --strict"
            )
        }
        if replay { try output.validateAsTextOrJSON() }
    }

    func run() throws { try run(now: ProgramClock.system.now()) }

    private func run(now: Timestamp) throws {
        let project = try history.projectFile()
        let documented = try documentedBaseline(in: project)
        let location = try history.location(in: project)
        try output.protect(
            ["", "-journal", "-wal", "-shm"].map { ("the history", location.file + $0) } + [
                ("the project's file", project.name)
            ]
                + (documented?.files ?? []).map { ("the baseline", $0.name) })
        let opened = try history.open(location, history.name(in: project) ?? documented?.environment)
        let (log, environment) = (opened.log, opened.environment)
        let baseline = documented ?? .builtInRules(of: environment)
        if replay {
            let since = try since.map { text throws(Failure) in try Moment(text) }
            let replay = try Replay(
                of: environment, from: baseline, over: log.states(of: environment),
                from: log.firstSnapshot(of: environment, since: since),
                earlier: log.earlierEntries(of: environment), kinds: .all)
            let report = ReplayReport(replay, from: opened.heads)
            return try output.write(text: report.text(_:), json: report.json)
        }
        let moment = try Moment(at)
        let drift = try opened.drift(
            at: moment, from: baseline, isStrict: strict, now: now,
            maximumAge: moment == .latest(back: 0) ? maxAge.span?.milliseconds : nil)
        let gate = DriftGate(threshold: failOn.severity, isOfNewOnly: newOnly)
        try output.write(
            DriftReport(
                drift, gate: gate, workspace: .current(project), version: Version.current, from: opened.heads,
                remedyWords: { $0.asTyped }))
        switch drift.verdict(at: gate) {
        case .inSync: return
        case .drifted: throw ExitStatus.drifted
        case .unseen: throw ExitStatus.unseen
        }
    }

    /// Nil with `--built-in`.
    private func documentedBaseline(in project: ProjectFile) throws -> Baseline? {
        if builtIn { return nil }
        let file = try BaselineFile.name(baseline, history, in: project)
        return try BaselineFile.read(file, remedy: "pass a YAML file as --baseline")
    }
}

/// The lowest severity that makes `drift` fail; a note never does.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never

    var severity: Severity? { Severity(rawValue: rawValue) }
}
