import ArgumentParser
import StrictYAML
import Tidemark
import TidemarkAWS
import TidemarkBaseline
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Check a baseline, or print the schema of baselines.",
        subcommands: [BaselineCheckCommand.self, BaselineSchemaCommand.self])
}

struct BaselineCheckCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report every mistake in baselines, with its line.",
        discussion: """
            A file is checked on its own. With --at, --history, --head or -e it is checked with a snapshot too: it is a mistake \
            then if an expectation of one resource matches none or many, or if it expects a value that is redacted.

            Exit status: 0 no mistakes, 1 mistakes or an error.
            """)

    @Argument(
        help: ArgumentHelp(
            "The files, or shipped:NAME. Default: every baseline in tidemark.yml.", valueName: "file"))
    var files: [String] = []

    @Option(help: "The snapshot to check with: latest, latest~1, @42, release:v9, release:v9~1 or a time.")
    var at: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    var readsHistory: Bool {
        at != nil || history.history != nil || history.environment != nil || history.head != nil
    }

    func run() throws {
        let project = try history.projectFile()
        let files = files.isEmpty ? project.baselines : files.map(NamedFile.typed)
        guard !files.isEmpty else {
            throw ValidationError("no baseline: pass its file, or add 'baseline:' to \(project.name)")
        }
        var errors: [FileError] = []
        var snapshot: SnapshotView?
        var heads = Heads()
        var failures: [Failure] = []
        for file in files {
            do throws(Failure) {
                let reading = try BaselineFile.check(file, remedy: "name a YAML file")
                errors.append(reading.mistakes(in: nil))
                guard readsHistory, let baseline = reading.baseline else { continue }
                let opened = try open(for: baseline, in: project)
                let found = try opened.snapshot(at: Moment(at ?? "latest"))
                errors[errors.count - 1] = reading.mistakes(in: found)
                snapshot = found
                heads.add(opened.heads)
            } catch {
                failures.append(error)
            }
        }
        let report = BaselineCheckReport(
            files.map(\.name), errors: errors, failures: failures.map(\.message), snapshot: snapshot, from: heads)
        // The failure of the only file says everything.
        if failures.isEmpty || files.count > 1 || !report.isWithoutMistakes {
            try output.print(text: report.text(Console.style), json: report.json)
        }
        Console.note(failures.map(\.message))
        if !failures.isEmpty || !report.isWithoutMistakes { throw ExitStatus.failure }
    }

    private func open(for baseline: Baseline, in project: ProjectFile) throws(Failure) -> HistoryOptions.Opened {
        let environment = try history.environment.map { name throws(Failure) in try EnvironmentName(name) }
        return try history.open(history.location(in: project), environment ?? baseline.environment)
    }
}

struct BaselineSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a JSON Schema of baselines, for editors.")

    func run() throws {
        try Console.write(BaselineSchema(kinds: .all, attributes: WireAttributes()).text, in: .json)
    }
}
