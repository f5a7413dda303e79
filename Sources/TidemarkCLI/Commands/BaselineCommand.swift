import TidemarkBaseline
import TidemarkKinds
import StrictYAML
import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports

struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Work on a baseline: look for mistakes, or print its schema.",
        subcommands: [BaselineCheckCommand.self, BaselineSchemaCommand.self])
}

struct BaselineCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every mistake in baselines, each with the line that it is in.",
        discussion: """
            A file is checked by itself. With --at, --history or -e it is also held against a snapshot: an expectation of one
            resource that matches none or many, and a value expected of what is redacted, are mistakes then.

            Exit status: 0 no mistakes, 1 mistakes or an error.
            """)

    @Argument(
        help: ArgumentHelp(
            "The files, or shipped:NAME (else every baseline that tidemark.yml names).", valueName: "file"))
    var files: [String] = []

    @Option(help: "The snapshot to hold them against: latest, latest~1, @42, release:v9, release:v9~1, or a time.")
    var at: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let project = try history.projectFile()
        let files = files.isEmpty ? project.baselines : files.map(NamedFile.typed)
        guard !files.isEmpty else {
            throw ValidationError("no baseline: name its file, or put one into \(project.name).")
        }
        let isHeld = at != nil || history.history != nil || history.environment != nil || history.head != nil
        var read: [String] = []
        var errors: [FileError] = []
        var snapshot: SnapshotView?
        var heads = Heads()
        var failure: Failure?
        for file in files {
            do throws(Failure) {
                let reading = try BaselineFile.check(file, remedy: "name a YAML file")
                read.append(file.name)
                errors.append(reading.mistakes(in: nil))
                guard isHeld, let baseline = reading.baseline else { continue }
                let opened = try open(for: baseline, in: project)
                let found = try opened.snapshot(at: Moment(at ?? "latest"))
                errors[errors.count - 1] = reading.mistakes(in: found)
                snapshot = found
                heads.add(opened.heads)
            } catch {
                // What is known of it and of the others is told nevertheless.
                failure = failure ?? error
            }
        }
        let report = BaselineCheckReport(read, errors: errors, snapshot: snapshot, from: heads)
        if failure == nil || !report.isWithoutMistakes {
            try output.print(text: report.text(Console.style), json: report.json)
        }
        if let failure { throw failure }
        if !report.isWithoutMistakes { throw ExitStatus.failure }
    }

    private func open(for baseline: Baseline, in project: ProjectFile) throws(Failure) -> HistoryOptions.Opened {
        let environment = try history.environment.map { name throws(Failure) in try EnvironmentName(name) }
        return try history.open(history.path(in: project), environment ?? baseline.environment)
    }
}

struct BaselineSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print a JSON Schema of baselines, for editors.")

    func run() throws {
        try Console.write(BaselineSchema(kinds: .all, attributes: WireAttributes()).text, in: .json)
    }
}
