import ArgumentParser
import FoundationEssentials
import Tidemark
import TidemarkHistory
import TidemarkReports

/// A format, and the file that the report goes into: `junit=drift.xml`, `text`.
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

/// In which formats a comparison is written, several of them at once.
struct DriftFormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A format, and the file to write it into, else to stdout: text, --format junit=drift.xml. May be repeated.",
            discussion: DriftFormat.all.map { "\($0.name): \($0.purpose)." }.joined(separator: "\n"),
            valueName: "name[=file]"))
    var format: [FormatTarget] = []

    func validate() throws {
        guard format.count(where: { $0.file == nil }) <= 1 else {
            throw ValidationError(
                "only one format can go to stdout: name a file for each other, as in junit=drift.xml.")
        }
        let files = format.compactMap(\.file)
        guard Set(files.map(realPath)).count == files.count else {
            throw ValidationError("two formats cannot go into one file: name a file for each.")
        }
    }

    /// A report that would take the place of what it is made of, or be written through a link out of the work tree, is
    /// refused before anything is written.
    func keep(_ sources: [(noun: String, file: String)]) throws(Failure) {
        for file in format.compactMap(\.file) {
            try NamedFile.typed(file).checkPath()
            guard let source = sources.first(where: { realPath($0.file) == realPath(file) }) else { continue }
            throw Failure(
                .invalid, "'\(file.printable)' is \(source.noun), and no report is written over it",
                remedy: "name another file")
        }
    }

    /// For a report that has no other format.
    func validateAsTextOrJSON() throws {
        guard format.allSatisfy({ ["text", "json"].contains($0.format.name) }) else {
            throw ValidationError("--replay is written as text or json.")
        }
    }

    func write(_ report: DriftReport) throws(Failure) {
        try write { format, style in format.write(report, style) }
    }

    /// Writes a report that has no other format.
    func write(text: (TextStyle) -> String, json: String) throws(Failure) {
        try write { format, style in format.name == "json" ? json : text(style) }
    }

    /// Writes into every file, and then to stdout: where a file fails, no report on stdout says otherwise.
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
    static var current: Workspace {
        Workspace(
            folder: FileManager.default.currentDirectoryPath,
            // As the current folder's path, it has every link followed.
            root: Console.variables["GITHUB_WORKSPACE"].flatMap(realPath(ofExisting:)))
    }
}
