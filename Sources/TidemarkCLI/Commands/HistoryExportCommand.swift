import ArgumentParser
import Tidemark
import TidemarkHistory

struct HistoryExportCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log as JSON Lines, or the history to a file that other programs can read.",
        discussion: """
            Without --sqlite each entry is a line on stdout, in the order of environments and numbers: its header, its body, its \
            hash, and the contents that the state before it lacks. That is enough to verify the log by SHA-256 and canonical JSON.

            A history that is in use can be exported; what is recorded meanwhile is not in the export.

            Exit status: 0 exported, 1 an error, and no file is left.
            """)

    @Option(
        help: ArgumentHelp(
            "Write a copy of the history in which every content is plain. The file must not exist.", valueName: "file"))
    var sqlite: String?

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        try TextOption("--sqlite", sqlite, "a file").refuseBlank()
        guard sqlite == nil || history.environment == nil || history.head != nil else {
            throw ValidationError("--sqlite copies every environment: leave -e out")
        }
    }

    func run() throws {
        let (log, environment, _) = try history.openForAll()
        guard let sqlite else { return try write(environment.map { [$0] } ?? log.environments(), of: log) }
        try NamedFile.typed(sqlite).checkPath()
        for notice in try log.copy(to: sqlite) { Console.note("tidemark: \(notice)".printable) }
        try Console.write("copied '\(log.path.printable)' to '\(sqlite.printable)'\n", in: .text)
    }

    private func write(_ environments: [EnvironmentName], of log: History) throws {
        var output = OutputBuffer(in: .json)
        for environment in environments {
            try log.export(environment) { entry throws(Failure) in try output.add(entry.line) }
        }
        try output.flush()
    }
}
