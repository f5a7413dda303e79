import ArgumentParser
import FoundationEssentials
import HistoryFiles
import Tidemark
import TidemarkReports

/// A format, and the file to write it to: `junit=drift.xml`, `text`.
struct FormatTarget: ExpressibleByArgument {
    let format: DriftFormat
    /// Nil for stdout.
    let file: String?

    static let text = FormatTarget(format: DriftFormat.all[0], file: nil)

    private init(format: DriftFormat, file: String?) {
        self.format = format
        self.file = file
    }

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = parts.first.flatMap(DriftFormat.init(named:)), parts.last != "" else { return nil }
        self.init(format: format, file: parts.count == 1 || parts[1] == "-" ? nil : parts[1])
    }

    static var allValueStrings: [String] { DriftFormat.all.map(\.name) }
}

/// The formats of a drift report; several can be written at once.
struct DriftFormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The format: text, or with a file to write it to, junit=drift.xml. May be repeated.",
            discussion: DriftFormat.all.map { "\($0.name): \($0.purpose)." }.joined(separator: "\n"),
            valueName: "name[=file]"))
    var format: [FormatTarget] = []

    func validate() throws {
        guard format.count(where: { $0.file == nil }) <= 1 else {
            throw ValidationError(
                "two formats cannot be written to stdout: name a file, as in --format junit=drift.xml")
        }
        let files = format.compactMap(\.file)
        guard Set(files.map(realPath)).count == files.count else {
            throw ValidationError("two formats cannot be written to one file: name a file for each")
        }
    }

    /// Refuses to write a report over a file that it is made from, or through a link out of the work tree.
    func protect(_ sources: [(noun: String, file: String)]) throws(Failure) {
        for file in format.compactMap(\.file) {
            try NamedFile.typed(file).checkPath()
            guard let source = sources.first(where: { realPath($0.file) == realPath(file) }) else { continue }
            throw Failure(
                .invalid, "'\(file.printable)' cannot be written", why: "it is \(source.noun)",
                remedy: "name another file in --format")
        }
    }

    /// Refuses every format that a replay does not have.
    func validateAsTextOrJSON() throws {
        guard format.allSatisfy({ ["text", "json"].contains($0.format.name) }) else {
            throw ValidationError("--replay has the formats text and json")
        }
    }

    func write(_ report: DriftReport) throws(Failure) {
        try write { format, style in format.write(report, style) }
    }

    /// Writes a report that has the formats text and JSON alone.
    func write(text: (TextStyle) -> String, json: String) throws(Failure) {
        try write { format, style in format.name == "json" ? json : text(style) }
    }

    /// Writes every file first, and then stdout: if a file fails, stdout has no report that looks like success.
    private func write(_ written: (DriftFormat, TextStyle) -> String) throws(Failure) {
        let targets = format.isEmpty ? [.text] : format
        for target in targets {
            guard let file = target.file else { continue }
            let text = written(target.format, .plain)
            let isStream = Console.isStream(file)
            try WholeFile.write(isStream ? RunnerCommands.escaped(text, in: target.format.syntax) : text, to: file)
        }
        for target in targets where target.file == nil {
            try Console.write(written(target.format, Console.style), in: target.format.syntax)
        }
    }
}

extension Workspace {
    /// The current folder, and the repository that GitHub Actions has checked out.
    static func current(_ project: ProjectFile) -> Workspace {
        Workspace(
            folder: FileManager.default.currentDirectoryPath,
            // The path of the current folder has no links either.
            root: Console.variables["GITHUB_WORKSPACE"].flatMap(realPath(ofExisting:)),
            projectFile: project.name)
    }
}
